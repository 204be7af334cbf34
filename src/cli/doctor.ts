import { lookup } from 'node:dns/promises';
import { worldName } from '../worlds/world-files.ts';
import { defineCommand } from './command.ts';
import { reachingOptions } from './reaching/driving.ts';
import { failureIn } from './reaching/healthy.ts';
import { isHttpUrl, urlOf } from './reaching/place.ts';
import { whyUnreached } from './reaching/unreached.ts';

export const command = defineCommand({
  // A base URL that is none is a finding, not a misuse of this command; so is a slash at its end.
  options: { ...reachingOptions, url: { ...reachingOptions.url, problemOf: () => undefined } },
  async run({ options, surroundings: { paint } }) {
    const findings = await diagnose(options.url ?? urlOf(options), options['admin-token']);
    const lines = findings.map(({ isWell, what }) => `${isWell ? paint('green', 'ok  ') : paint('red', 'BAD ')} ${what}\n`);
    const isWell = findings.every((finding) => finding.isWell);
    return { data: findings, text: lines.join(''), status: isWell ? 0 : 1 };
  },
});

/** What was checked, whether it is in order, and what to do if it is not. */
interface Finding {
  readonly isWell: boolean;
  readonly what: string;
}

const timeoutMs = 5000;

const well = (what: string): Finding => ({ isWell: true, what });
const bad = (what: string): Finding => ({ isWell: false, what });

/**
 * Checks what a client needs to reach a latchkey at a base URL: a valid URL, a host that resolves, a server that listens there,
 * speaks the URL's scheme and is a latchkey, and a path that leads to a provider. Ends with the first check that fails.
 */
async function diagnose(url: string, adminToken?: string): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for await (const finding of examine(url, adminToken)) {
    findings.push(finding);
    if (!finding.isWell) break;
  }
  return findings;
}

async function* examine(url: string, adminToken: string | undefined): AsyncGenerator<Finding> {
  const parsed = URL.parse(url);
  if (parsed === null || !isHttpUrl(url)) {
    return yield bad(`expected a URL such as http://localhost:5282, not ${JSON.stringify(url)}`);
  }
  yield well(`${url} is a valid URL`);
  yield await examineHost(parsed.hostname);
  yield await examineServer(parsed);
  yield await examinePath(parsed, adminToken);
}

async function examineHost(hostname: string): Promise<Finding> {
  const address = await lookup(hostname.replace(/^\[|\]$/g, '')).catch(() => undefined);
  if (address !== undefined) return well(`the host ${hostname} has the address ${address.address}`);
  return bad(`the host ${hostname} is unknown here; in a container, names below .localhost may need --add-host`);
}

async function examineServer({ origin }: URL): Promise<Finding> {
  const answer = await fetch(`${origin}/_latchkey/health`, { signal: AbortSignal.timeout(timeoutMs) }).catch(
    (error: Error) => error,
  );
  if (answer instanceof Error) return bad(`nothing answers at ${origin}: ${whyUnreached(origin, answer)}`);
  const text = await answer.text();
  if (text.includes('"status":"ok"')) return well(`a latchkey answers at ${origin}`);
  const failing = failureIn(text);
  if (failing !== undefined) return bad(`a latchkey answers at ${origin}, but is not healthy: ${failing}`);
  return bad(`the server at ${origin} is not latchkey, or this port belongs to one provider only (status ${answer.status})`);
}

/** Whether the path, or a host name such as rockset.localhost, leads to one provider or to all of them. */
async function examinePath({ origin, hostname, pathname }: URL, adminToken: string | undefined): Promise<Finding> {
  const headers = adminToken === undefined ? {} : { authorization: `Bearer ${adminToken}` };
  const answer = await fetch(`${origin}/_latchkey/credentials`, { headers });
  if (!answer.ok) return bad(`its control plane answers ${answer.status}: it may need --admin-token`);
  const providers = Object.keys(await answer.json().then(Object));
  const ofHost = providers.find((name) => hostname.startsWith(`${name}.`));
  const [, world, path = ''] = /^(?:\/~([^/]+))?(.*)$/.exec(pathname) ?? [];
  if (world !== undefined && !worldName.test(world)) return bad(`${world} is not a valid name of a world`);
  const place = world === undefined ? '' : ` in the world ${world}`;
  if (path === '' || path === '/') return well(`the base URL leads to ${ofHost ?? 'every provider'}${place}`);
  if (path.endsWith('/')) return bad('the base URL ends with a slash, so that some clients send two: remove it');
  const ofPath = ofHost === undefined ? providers.find((name) => path === `/${name}`) : undefined;
  if (ofPath !== undefined) return well(`the base URL leads to ${ofPath}${place}`);
  const valid = ['nothing', ...providers.map((name) => `/${name}`)].join(', ');
  return bad(`nothing answers below ${path}${place}: base URLs end with ${valid}`);
}
