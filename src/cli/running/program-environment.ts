import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../client/connect.ts';
import type { Config } from '../../config/config.ts';
import type { Emulator } from '../../server/emulator.ts';
import type { Environment } from '../surroundings.ts';
import { environmentOf } from './environment.ts';

/** The environment of a program that is to use a latchkey. */
export interface ProgramEnvironment {
  readonly variables: Environment;
  /** Deletes the files that the variables name. */
  dispose(): Promise<void>;
}

/**
 * The environment in which a program finds a latchkey: the variables that the providers' clients read, the admin token, the
 * certificate to trust, and no proxy before it. What a latchkey around this one set does not count.
 */
export async function programEnvironment(
  { url, https }: Pick<Emulator, 'url' | 'https'>,
  { adminToken }: Pick<Config, 'adminToken'>,
  { LATCHKEY_URL: _url, LATCHKEY_TLS_URL: _tlsUrl, LATCHKEY_CA: _ca, ...env }: Environment,
): Promise<ProgramEnvironment> {
  const folders: string[] = [];
  const variables = await environmentOf(await connect(url, { adminToken }));
  const token = adminToken === undefined ? {} : { LATCHKEY_ADMIN_TOKEN: adminToken };
  const trust = await trusting(https?.ca, env, folders);
  const direct = withoutProxy(env, [url, https?.url]);
  return {
    variables: { ...env, ...variables, ...token, ...trust, ...direct },
    dispose: async () => {
      for (const folder of folders) await rm(folder, { recursive: true });
    },
  };
}

/** Variables that make Node.js programs trust https; other programs have to be told of the file in `LATCHKEY_CA`. */
async function trusting(ca: string | null | undefined, env: Environment, folders: string[]): Promise<Environment> {
  if (ca === null || ca === undefined) return {};
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-exec-'));
  folders.push(folder);
  const [own, all] = [join(folder, 'ca.pem'), join(folder, 'trusted.pem')];
  await writeFile(own, ca);
  // Node.js takes one file, so the user's own goes into it. If that does not exist, Node.js only warns.
  const trusted = await readFile(env['NODE_EXTRA_CA_CERTS'] ?? '', 'utf8').catch(() => '');
  await writeFile(all, `${trusted}\n${ca}`);
  return { LATCHKEY_CA: own, NODE_EXTRA_CA_CERTS: all };
}

/** Variables that keep programs from sending requests for latchkey to a proxy. Some read one spelling only, some prefer one. */
function withoutProxy(env: Environment, urls: readonly (string | undefined)[]): Environment {
  const hosts = urls.flatMap((url) => (url === undefined ? [] : [new URL(url).hostname.replace(/^\[|\]$/g, '')]));
  const direct = [...hosts, 'localhost', '.localhost', '127.0.0.1', '::1'];
  const extended = (own: string | undefined) =>
    [...new Set([...(own ?? '').split(',').filter((one) => one !== ''), ...direct])].join(',');
  const { NO_PROXY: upper, no_proxy: lower } = env;
  return { NO_PROXY: extended(upper || lower), no_proxy: extended(lower || upper) };
}
