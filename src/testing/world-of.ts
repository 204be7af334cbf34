import { LatchkeyError } from '../client/error.ts';
import type { Latchkey } from '../client/types.ts';
import { idOf, type KeyOrId, secretOf } from './received.ts';

/** The worlds of a test file: those that are open, and those of the tests that run now. */
export class TestWorlds {
  readonly #open = new Set<Latchkey>();
  readonly #running = new Set<Latchkey>();

  opened(world: Latchkey): void {
    this.#open.add(world);
  }

  began(world: Latchkey): void {
    this.#running.add(world);
  }

  ended(world: Latchkey): void {
    this.#running.delete(world);
  }

  closed(world: Latchkey): void {
    this.#open.delete(world);
    this.#running.delete(world);
  }

  /** The worlds that an assertion may be about. Outside tests, in a hook of a file: all of the file. */
  get candidates(): readonly Latchkey[] {
    return [...(this.#running.size > 0 ? this.#running : this.#open)];
  }
}

/**
 * The world that an assertion is about. It is the one of the running test. If several tests run at the same time, or a test has
 * several worlds, it is the one that what was received belongs to. Throws LatchkeyError if nothing says which one that is.
 */
export async function worldOf(worlds: readonly Latchkey[], received: unknown): Promise<Latchkey> {
  const [only, ...others] = worlds;
  if (only === undefined)
    throw new LatchkeyError(
      0,
      'no_world',
      "no test with a latchkey runs here: use `test` of 'latchkey/vitest', or `useLatchkey`",
      null,
    );
  if (others.length === 0) return only;
  const found =
    bySight(worlds, received) ?? bySight(worlds, await settled(received)) ?? (await bySecret(worlds, secretOf(received)));
  if (found !== undefined) return found;
  throw ambiguous("give what `fetch` returned, a key that was issued or a credential of the test's own latchkey");
}

/** The world that has a key. */
export async function worldOfKey(worlds: readonly Latchkey[], key: KeyOrId): Promise<Latchkey> {
  if (worlds.length < 2) return worldOf(worlds, key);
  const holding = await filter(worlds, (lk) => hasKey(lk, idOf(key)));
  if (holding.length === 1) return holding[0] ?? worldOf([], key);
  throw ambiguous('use expect(latchkey).toHaveUsedKey(key)');
}

function ambiguous(what: string): LatchkeyError {
  return new LatchkeyError(
    0,
    'world_ambiguous',
    `several worlds are in use at the same time, and this may be about any of them: ${what}`,
    null,
  );
}

/** By identity, or by the URL that was called. */
function bySight(worlds: readonly Latchkey[], received: unknown): Latchkey | undefined {
  const url = urlIn(received);
  return worlds.find((lk) => isCredentialOf(lk, received) || (url !== undefined && `${url}/`.startsWith(`${lk.url}/`)));
}

function isCredentialOf({ credentials }: Latchkey, received: unknown): boolean {
  return Object.values(credentials).some((byName) => Object.values(byName).some((one) => one === received));
}

/** Where the answers and the errors of HTTP clients say what was called. */
const urlPaths = [['url'], ['response', 'url'], ['request', 'url'], ['response', 'request', 'url'], ['config', 'url']];

function urlIn(received: unknown): string | undefined {
  return urlPaths
    .map((path) => path.reduce<unknown>((value, name) => Object(value)[name], received))
    .find((url) => typeof url === 'string' && url.startsWith('http'))
    ?.toString();
}

async function settled(received: unknown): Promise<unknown> {
  try {
    return await received;
  } catch (error) {
    return error;
  }
}

/** The world that knows a secret. If more than one does, or none, they must agree on it, and then any will do. */
async function bySecret(worlds: readonly Latchkey[], secret: string | undefined): Promise<Latchkey | undefined> {
  if (secret === undefined) return undefined;
  const truths = await Promise.all(worlds.map(async (lk) => ({ lk, truth: await lk.introspect(secret) })));
  const knowing = truths.filter(({ truth }) => truth.key !== null);
  const [first, ...others] = knowing.length === 0 ? truths : knowing;
  const agree = others.every(({ truth }) => truth.reason === first?.truth.reason);
  return agree ? first?.lk : undefined;
}

async function hasKey(lk: Latchkey, id: string): Promise<boolean> {
  try {
    return (await lk.keys.get(id)).id === id;
  } catch (error) {
    if (error instanceof LatchkeyError && error.status === 404) return false;
    throw error;
  }
}

async function filter(worlds: readonly Latchkey[], holds: (lk: Latchkey) => Promise<boolean>): Promise<readonly Latchkey[]> {
  const held = await Promise.all(worlds.map(holds));
  return worlds.filter((_, index) => held[index]);
}
