import type { Load } from './load.ts';
import type { Server } from './process.ts';

/** What is measured of latchkey. */
export interface Case {
  readonly name: string;
  readonly load: Load;
  /** A URL that is read all the time meanwhile. */
  readonly beside?: string;
}

/** How many keys the measured lists have. */
const listed = 100;

const paths = {
  rockset: '/v1/orgs/self/users/self/apikeys',
  estuary: '/user/api-keys',
  whylabs: '/v0/organizations/org-123/api-key',
  kps: '/v1.0/userapitokens',
};
const ofUser = '?user_id=user-123';
const json = 'content-type: application/json';

/** Each provider's own requests; in WhyLabs and KPS a user can have only a few keys. Lists and issuing have worlds of their own, so that the other requests meet a few keys only. */
export async function casesOf(server: Server): Promise<readonly Case[]> {
  const base = `${server.url}/~bench`;
  const long = `${server.url}/~bench-list`;
  const growing = `${server.url}/~bench-issue`;
  const [rockset, estuary, whylabs, kps] = [
    await seededHeader(server, 'rockset'),
    await seededHeader(server, 'estuary'),
    await seededHeader(server, 'whylabs'),
    await seededHeader(server, 'kps'),
  ];
  const named = '{"name":"key-[<id>]"}';
  const issuing: Readonly<Record<string, (world: string) => Load>> = {
    rockset: (world) => post(`${world}/rockset${paths.rockset}`, [rockset, json], named),
    estuary: (world) => post(`${world}/estuary${paths.estuary}`, [estuary]),
  };
  for (const [provider, load] of Object.entries(issuing)) await fill(load(long), provider === 'rockset' ? listed : listed - 1);
  await issue(post(`${base}/rockset${paths.rockset}`, [rockset, json], '{"name":"key-050"}'));
  const ofWhylabs = await issue(post(`${base}/whylabs${paths.whylabs}${ofUser}`, [whylabs]));
  const id: unknown = Object(JSON.parse(ofWhylabs)).id;
  const one = get(`${base}/rockset${paths.rockset}/key-050`, [rockset]);
  return [
    { name: 'GET one key (Rockset)', load: one },
    { name: 'the same, the journal being read', load: one, beside: `${base}/_latchkey/requests?limit=20` },
    { name: 'GET the keys of a user (Estuary)', load: get(`${base}/estuary${paths.estuary}`, [estuary]) },
    { name: 'GET one key (WhyLabs)', load: get(`${base}/whylabs${paths.whylabs}/${id}${ofUser}`, [whylabs]) },
    { name: 'GET the keys of a user (KPS)', load: get(`${base}/kps${paths.kps}`, [kps]) },
    { name: `GET a list of ${listed} (Rockset)`, load: get(`${long}/rockset${paths.rockset}`, [rockset]) },
    { name: `GET a list of ${listed} (Estuary)`, load: get(`${long}/estuary${paths.estuary}`, [estuary]) },
    ...Object.entries(issuing).map(([provider, load]) => ({ name: `issue a key (${provider})`, load: load(growing) })),
    { name: 'GET a refusal (Rockset)', load: get(`${base}/rockset${paths.rockset}`, ['authorization: ApiKey unknown']) },
    { name: 'GET a refusal (Estuary)', load: get(`${base}/estuary${paths.estuary}`, ['authorization: Bearer unknown']) },
    { name: 'GET a refusal (WhyLabs)', load: get(`${base}/whylabs/v1/api-key/validate`, []) },
    { name: 'GET a refusal (KPS)', load: get(`${base}/kps${paths.kps}`, ['authorization: Bearer unknown']) },
  ];
}

function get(url: string, headers: readonly string[]): Load {
  return { url, method: 'GET', headers };
}

function post(url: string, headers: readonly string[], body?: string): Load {
  return { url, method: 'POST', headers, ...(body !== undefined && { body }) };
}

async function fill(load: Load, count: number): Promise<void> {
  for (let index = 0; index < count; index++) await issue(load, String(index).padStart(3, '0'));
}

/** Sends a load once. Throws if it is refused: a refusal would be measured as if it were an answer. */
async function issue({ url, method, headers, body = '' }: Load, id = ''): Promise<string> {
  const entries = headers.map((line): [string, string] => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]);
  const answer = await fetch(url, { method, headers: entries, ...(body !== '' && { body: body.replace('[<id>]', id) }) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}: ${text}`);
  return text;
}

/** The header of a provider's second seeded credential, which is an ordinary user's, or in WhyLabs an administrator's. */
async function seededHeader({ url }: Server, provider: string): Promise<string> {
  const answer = await fetch(`${url}/_latchkey/credentials`);
  const seeded: Record<string, { credentials: readonly { header: { name: string; value: string } | null }[] }> = JSON.parse(
    await answer.text(),
  );
  const header = seeded[provider]?.credentials[1]?.header;
  return header ? `${header.name}: ${header.value}` : '';
}
