/** Sends one request, and reads its answer. Throws if it is refused: a refusal would be measured as if it were an answer. */
export async function send(url: string, init: RequestInit = {}): Promise<string> {
  const answer = await fetch(url, init);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}: ${text}`);
  return text;
}

/** How long a request takes, in milliseconds. */
export async function timed(url: string, init: RequestInit = {}): Promise<number> {
  const startedAt = performance.now();
  await send(url, init);
  return performance.now() - startedAt;
}

/** The header of an ordinary user of Rockset. */
export interface Owner {
  readonly authorization: string;
}

/** Rockset's keys of the user who asks, in a world. */
export function keysUrl(base: string, world: string, name = ''): string {
  return `${base}/~${world}/rockset/v1/orgs/self/users/self/apikeys${name && `/${name}`}`;
}

/** The seeded credential of an ordinary user of Rockset. It is the same in every world that was not told otherwise. */
export async function ownerOf(base: string): Promise<Owner> {
  const seeded: { rockset?: { credentials: readonly { header: { value: string } | null }[] } } = JSON.parse(
    await send(`${base}/_latchkey/credentials`),
  );
  const header = seeded.rockset?.credentials[1]?.header;
  if (!header) throw new Error('Rockset seeds no credential of an ordinary user');
  return { authorization: header.value };
}

/** Issues a key. */
export async function issue(base: string, world: string, name: string, owner: Owner): Promise<void> {
  const headers = { ...owner, 'content-type': 'application/json' };
  await send(keysUrl(base, world), { method: 'POST', headers, body: JSON.stringify({ name }) });
}
