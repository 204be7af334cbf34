import type { Latchkey } from '../client/types.ts';
import { loadProviders } from '../providers/index.ts';

/**
 * What the providers' own clients read from the environment, for a running latchkey: where it is, and the key of each
 * provider's `admin`, or of its first credential.
 */
export async function environmentOf(lk: Latchkey): Promise<Readonly<Record<string, string>>> {
  const variables: Record<string, string> = { LATCHKEY_URL: lk.url };
  for (const { name, environment } of await loadProviders()) {
    const credentials = lk.credentials[name];
    if (credentials !== undefined)
      Object.assign(variables, environment(lk.url, credentials['admin'] ?? Object.values(credentials)[0]));
  }
  return variables;
}
