import { lookup } from 'node:dns/promises';
import { worldName } from '../worlds/world-files.ts';

/** What was looked at, whether it is well, and what to do if not. */
export interface Finding {
  readonly isWell: boolean;
  readonly what: string;
}

/** Who has not answered by then is taken to be silent. */
const longestMs = 5000;

const well = (what: string): Finding => ({ isWell: true, what });
const bad = (what: string): Finding => ({ isWell: false, what });

/**
 * Finds out why a client may not reach a latchkey at a base URL: whether the URL is one, its host is known, something listens
 * there and speaks its scheme, it is a latchkey, and the path leads to a provider. Ends with the first thing that is not well.
 */
export async function diagnose(url: string, adminToken?: string): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for await (const finding of examine(url, adminToken)) {
    findings.push(finding);
    if (!finding.isWell) break;
  }
  return findings;
}

async function* examine(url: string, adminToken: string | undefined): AsyncGenerator<Finding> {
  const parsed = URL.parse(url);
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    return yield bad(`${JSON.stringify(url)} is no http URL; give one such as http://localhost:5282`);
  }
  yield well(`${url} is a URL`);
  yield await examineHost(parsed.hostname);
  yield await examineServer(parsed);
  yield await examinePath(parsed, adminToken);
}

async function examineHost(hostname: string): Promise<Finding> {
  const address = await lookup(hostname.replace(/^\[|\]$/g, '')).catch(() => undefined);
  if (address !== undefined) return well(`the host ${hostname} is ${address.address}`);
  return bad(`the host ${hostname} is not known here; names below .localhost need a resolver that knows them, or --add-host`);
}

async function examineServer({ origin, protocol }: URL): Promise<Finding> {
  const answer = await fetch(`${origin}/_latchkey/health`, { signal: AbortSignal.timeout(longestMs) }).catch(
    (error: Error) => error,
  );
  if (answer instanceof Error && answer.name === 'TimeoutError') {
    return bad(`what listens at ${origin} accepts connections and does not answer`);
  }
  if (answer instanceof Error) {
    const cause = answer.cause instanceof Error ? answer.cause : answer;
    return bad(`nothing answers at ${origin}: ${cause.message.split('\n')[0]} (${hintFor(cause, protocol)})`);
  }
  if ((await answer.text()).includes('"status":"ok"')) return well(`a latchkey answers at ${origin}`);
  return bad(`what answers at ${origin} is no latchkey, or the port of one provider alone (status ${answer.status})`);
}

/** What to do about a connection that failed, by the code that Node or OpenSSL gives it. */
function hintFor(cause: Error & { readonly code?: unknown }, protocol: string): string {
  const code = String(cause.code);
  if (/SIGNED_CERT|ISSUER_CERT|LEAF_SIGNATURE/.test(code))
    return 'trust its authority: latchkey ca ca.pem; NODE_EXTRA_CA_CERTS=ca.pem';
  if (cause.message === 'bad port') return 'browsers and many clients refuse this port: take another one';
  if (/ALTNAME/.test(code)) return 'its certificate is for other names';
  if (/SSL|EPROTO/.test(code)) return 'is it http there? https has a port of its own, see --tls';
  if (code !== 'ECONNREFUSED' && protocol === 'http:') return 'is it https there?';
  return 'is it running, on this port, on an address that can be reached from here? In a container: LATCHKEY_HOST=0.0.0.0';
}

/** Whether the path, and a host name that says where it wants to go, lead to a provider, or to all of them. */
async function examinePath({ origin, hostname, pathname }: URL, adminToken: string | undefined): Promise<Finding> {
  const headers = adminToken === undefined ? {} : { authorization: `Bearer ${adminToken}` };
  const answer = await fetch(`${origin}/_latchkey/credentials`, { headers });
  if (!answer.ok) return bad(`its control plane answers ${answer.status}: it may want --admin-token`);
  const providers = Object.keys(await answer.json().then(Object));
  const ofHost = providers.find((name) => hostname.startsWith(`${name}.`));
  const [, world, path = ''] = /^(?:\/~([^/]+))?(.*)$/.exec(pathname) ?? [];
  if (world !== undefined && !worldName.test(world)) return bad(`${world} cannot be the name of a world`);
  const place = world === undefined ? '' : ` in the world ${world}`;
  if (path === '' || path === '/') return well(`the base URL leads to ${ofHost ?? 'every provider'}${place}`);
  if (path.endsWith('/')) return bad('the base URL ends in a slash: some clients send two then');
  const ofPath = ofHost === undefined ? providers.find((name) => path === `/${name}`) : undefined;
  if (ofPath !== undefined) return well(`the base URL leads to ${ofPath}${place}`);
  return bad(
    `nothing answers below ${path}${place}: base URLs end in ${['nothing', ...providers.map((name) => `/${name}`)].join(', ')}`,
  );
}
