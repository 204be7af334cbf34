import { LatchkeyError } from '../../client/error.ts';
import type { Latchkey, Tls } from '../../client/types.ts';
import { loadProviders } from '../../providers/index.ts';

/**
 * The variables that the providers' own clients read, for a running latchkey: its URL, and the secret of each provider's `admin`,
 * or of its first credential.
 */
export async function environmentOf(lk: Latchkey): Promise<Readonly<Record<string, string>>> {
  const tls = await tlsOf(lk);
  const bases = { http: lk.url, https: tls?.url };
  const variables: Record<string, string> = { LATCHKEY_URL: lk.url, ...(tls && { LATCHKEY_TLS_URL: tls.url }) };
  const known = new Map(Object.entries(lk.credentials));
  for (const { name, environment } of await loadProviders()) {
    const credentials = known.get(name);
    if (credentials !== undefined)
      Object.assign(variables, environment(bases, credentials['admin'] ?? Object.values(credentials)[0]));
  }
  return variables;
}

async function tlsOf(lk: Latchkey): Promise<Tls | undefined> {
  try {
    return await lk.tls();
  } catch (error) {
    if (error instanceof LatchkeyError && error.code === 'tls_is_off') return undefined;
    throw error;
  }
}
