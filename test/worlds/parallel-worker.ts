import { toIso } from '../../src/clock.ts';
import { alice, aliceToken, bearer, estuaryError, unknownToken } from '../providers/estuary/estuary.ts';
import { epoch } from '../support/emulator.ts';

/** A key that a worker issued. */
interface KnownKey {
  readonly token: string;
  readonly expiresAt: number;
  /** Its id in the control plane, once it was looked up. */
  readonly id: string;
  state: 'active' | 'suspended' | 'revoked';
}

/** An answer, and the expected one. */
export interface Compared {
  readonly call: string;
  readonly got: unknown;
  readonly expected: unknown;
}

/**
 * Works in its own world as a test suite would: issues, uses, stops and lists keys, moves the clock, and predicts every
 * answer from what it has done.
 */
export class Worker {
  /** Answers that differ from the prediction. */
  readonly surprises: Compared[] = [];
  readonly keys: KnownKey[] = [];
  requests = 0;
  #used = 0;
  #now = epoch;
  readonly #base: string;
  readonly #random: () => number;

  constructor(base: string, seed: number) {
    this.#base = base;
    this.#random = randomFrom(seed);
  }

  async begin(): Promise<void> {
    await this.#send('POST', '/_latchkey/clock/freeze', null, undefined);
    await this.#compare('PUT', '/_latchkey/clock', { now: toIso(epoch) }, 200, ({ now }) => now, toIso(epoch));
  }

  /** One request, or two. `others` are tokens that were issued in other worlds. */
  async step(others: readonly string[]): Promise<void> {
    const key = this.#pick(this.keys);
    const stranger = this.#pick(others);
    const dice = this.#random();
    if (key === undefined || dice < 0.15) await this.#issue();
    else if (dice < 0.5) await this.#use(key);
    else if (dice < 0.6 && stranger !== undefined) await this.#refused(stranger, unknownToken);
    else if (dice < 0.7) await this.#advance();
    else if (dice < 0.78) await this.#move(key, 'suspend', 'suspended');
    else if (dice < 0.86) await this.#move(key, 'resume', 'active');
    else if (dice < 0.93) await this.#revoke(key);
    else await this.#list();
  }

  /** What the control plane shows of the world at the end. */
  async end(): Promise<void> {
    const count = this.#used;
    await this.#compare('GET', '/_latchkey/requests/count', undefined, 200, ({ count: counted }) => counted, count);
    const inState = (state: string) => this.keys.filter((key) => this.#stateOf(key) === state).length;
    for (const state of ['suspended', 'revoked', 'expired']) {
      await this.#compare('GET', `/_latchkey/keys?state=${state}`, undefined, 200, ({ total }) => total, inState(state));
    }
    await this.#list();
  }

  async #issue(): Promise<void> {
    const minutes = 1 + Math.floor(this.#random() * 600);
    const expiresAt = this.#now + minutes * 60_000;
    const answer = await this.#send('POST', `/user/api-keys?expiry=${minutes}m`, undefined, alice);
    this.#used += 1;
    const { token, expiry } = JSON.parse(answer.text);
    this.#note('issue', [answer.status, expiry], [200, toIso(expiresAt).replace('.000Z', 'Z')]);
    const introspected = await this.#send('POST', '/_latchkey/introspect', { secret: token }, undefined);
    this.keys.push({ token, expiresAt, id: JSON.parse(introspected.text).key.id, state: 'active' });
  }

  async #use(key: KnownKey): Promise<void> {
    const state = this.#stateOf(key);
    if (state === 'expired') {
      const since = toIso(key.expiresAt).replace('T', ' ').replace('.000Z', '');
      return this.#refused(key.token, estuaryError(401, 'ERR_TOKEN_EXPIRED', `token for user 2 expired ${since} +0000 UTC`));
    }
    if (state !== 'active') return this.#refused(key.token, unknownToken);
    const { status } = await this.#send('GET', '/viewer', undefined, bearer(key.token));
    this.#used += 1;
    this.#note('use', status, 200);
  }

  async #refused(token: string, words: string): Promise<void> {
    const { status, text } = await this.#send('GET', '/viewer', undefined, bearer(token));
    this.#used += 1;
    this.#note('refused', [status, text], [401, words]);
  }

  async #advance(): Promise<void> {
    const minutes = Math.floor(this.#random() * 90) - 20;
    this.#now += minutes * 60_000;
    const by = `${minutes}m`;
    await this.#compare('POST', '/_latchkey/clock/advance', { by }, 200, ({ now }) => now, toIso(this.#now));
  }

  async #move(key: KnownKey, move: string, state: 'active' | 'suspended'): Promise<void> {
    const path = `/_latchkey/keys/${key.id}/${move}`;
    if (key.state === 'revoked') {
      return this.#compare('POST', path, {}, 409, ({ error }) => Object(error).code, 'transition_refused');
    }
    key.state = state;
    await this.#compare('POST', path, {}, 200, (shown) => shown['state'], this.#stateOf(key));
  }

  async #revoke(key: KnownKey): Promise<void> {
    const { status } = await this.#send('DELETE', `/user/api-keys/${key.token}`, undefined, alice);
    this.#used += 1;
    key.state = 'revoked';
    this.#note('revoke', status, 200);
  }

  async #list(): Promise<void> {
    const { text } = await this.#send('GET', '/user/api-keys', undefined, alice);
    this.#used += 1;
    const listed = JSON.parse(text).map(({ token }: { token: string }) => token);
    const live = this.keys.filter(({ state }) => state !== 'revoked').map(({ token }) => token);
    this.#note('list', listed, [aliceToken, ...live]);
  }

  #stateOf({ state, expiresAt }: KnownKey): string {
    return state === 'active' && this.#now > expiresAt ? 'expired' : state;
  }

  async #compare(
    method: string,
    path: string,
    body: object | undefined,
    status: number,
    read: (answer: Readonly<Record<string, unknown>>) => unknown,
    expected: unknown,
  ): Promise<void> {
    const answer = await this.#send(method, path, body, undefined);
    this.#note(`${method} ${path}`, [answer.status, read(JSON.parse(answer.text))], [status, expected]);
  }

  #note(call: string, got: unknown, expected: unknown): void {
    if (JSON.stringify(got) !== JSON.stringify(expected)) this.surprises.push({ call, got, expected });
  }

  async #send(method: string, path: string, body: object | null | undefined, authorization: string | undefined) {
    this.requests += 1;
    const answer = await fetch(this.#base + path, {
      method,
      headers: authorization === undefined ? {} : { authorization },
      ...(body != null && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, text: await answer.text() };
  }

  #pick<T>(list: readonly T[]): T | undefined {
    return list[Math.floor(this.#random() * list.length)];
  }
}

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
