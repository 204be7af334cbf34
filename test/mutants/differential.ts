import fc from 'fast-check';
import { expect } from 'vitest';
import type { ApiKey } from '../../src/core/api-key.ts';
import type { MutantName } from '../../src/provider/mutants.ts';
import { type FuzzedRequest, requests } from '../fuzz/requests.ts';
import { type Answer, aimsOf, send } from '../fuzz/sending.ts';
import type { FuzzTarget } from '../providers/fuzz-target.ts';
import { epoch, type TestEmulator } from '../support/emulator.ts';

/** What is done to a seeded key of both before a request, so that every decision comes up. */
const changes = {
  none: (key) => key,
  revoked: (key, now) => (key.state === 'revoked' ? key : { ...key, state: 'revoked', revokedAt: now }),
  suspended: (key) => (key.state === 'revoked' ? key : { ...key, state: 'suspended' }),
  expired: (key, now) => ({ ...key, expiresAt: now - 1 }),
  atItsLast: (key, now) => ({ ...key, expiresAt: now }),
} satisfies Record<string, (key: ApiKey, now: number) => ApiKey>;

interface Step {
  readonly request: FuzzedRequest;
  readonly change: keyof typeof changes;
  /** Which of the seeded keys. */
  readonly key: number;
  /** What becomes of the credential: seeded ones alone are never unknown. */
  readonly credential: 'as it is' | 'none' | 'unknown';
}

export interface Compared {
  readonly truth: TestEmulator;
  readonly mutated: TestEmulator;
  readonly provider: string;
  readonly mutant: MutantName;
  readonly target: FuzzTarget;
  readonly count: number;
  /** Of the requests; left out: another one each time, which a failure names. */
  readonly seed?: number;
}

/**
 * Sends the same requests to the truth and to a mutant: every answer, and all that is stored, is equal up to a request that the mutant
 * decides. That one is as the report says it is, and differs in its answer or in what is stored. Then both begin anew. Returns how
 * many requests the mutant decided.
 */
export async function compare({ truth, mutated, provider, mutant, target, count, seed }: Compared): Promise<number> {
  const both = [truth, mutated] as const;
  const known = await knownOf(truth, provider, target);
  const aims = await aimsOf(truth, provider, []);
  const step: fc.Arbitrary<Step> = fc.record({
    request: requests(target, aims),
    change: fc.oneof({ weight: 4, arbitrary: fc.constant('none' as const) }, fc.constantFrom(...keysOf(changes))),
    key: fc.nat({ max: 3 }),
    credential: fc.oneof({ weight: 6, arbitrary: fc.constant('as it is' as const) }, fc.constantFrom('none', 'unknown')),
  });
  let decided = 0;
  await beginAnew(both);
  const property = fc.asyncProperty(step, async ({ request, change, key, credential }) => {
    for (const lk of both) await prepare(lk, provider, changes[change], key);
    const sent = presenting(request, credential, target);
    const [right, wrong] = [await send(`${truth.url}/${provider}`, sent), await send(`${mutated.url}/${provider}`, sent)];
    const states = [await stateOf(truth, provider, known), await stateOf(mutated, provider, known)] as const;
    if (wrong.headers['x-latchkey-mutant'] === undefined) {
      expect(shown(wrong, known, mutated.url)).toEqual(shown(right, known, truth.url));
      expect(states[1]).toEqual(states[0]);
      return;
    }
    decided += 1;
    const told = await toldOf(mutated, mutant);
    if (mutant !== 'expire-early') expect(told.status).toBe(right.status);
    expect(told.code).toBe(told.code === null ? null : await codeIn(truth));
    const isStored = told.code === null && mutant !== 'expire-early';
    if (!isStored) expect(wrong.status).not.toBe(right.status);
    else if (mutant !== 'lose-new-key') expect(states[1]).not.toEqual(states[0]);
    await beginAnew(both);
  });
  const limits = { interruptAfterTimeLimit: 3_600_000, markInterruptAsFailure: true };
  await fc.assert(property, { numRuns: count, endOnFailure: true, ...limits, ...(seed !== undefined && { seed }) });
  return decided;
}

/** A request without its credential, or with one that was never issued: a seeded one with another character in its middle. */
function presenting(
  request: FuzzedRequest,
  credential: Step['credential'],
  { credentials: [seeded = {}] }: FuzzTarget,
): FuzzedRequest {
  if (credential === 'as it is') return request;
  if (credential === 'none') return { ...request, headers: {} };
  const headers = Object.entries(seeded).map(([name, value]) => {
    const middle = value.length >> 1;
    return [name, `${value.slice(0, middle)}${value[middle] === '1' ? '2' : '1'}${value.slice(middle + 1)}`];
  });
  return { ...request, headers: { ...request.headers, ...Object.fromEntries(headers) } };
}

function keysOf<K extends string>(record: Readonly<Record<K, unknown>>): K[] {
  return Object.keys(record).filter((name): name is K => name in record);
}

async function beginAnew(both: readonly TestEmulator[]): Promise<void> {
  for (const { world } of both) {
    await world.reset('everything');
    world.clock.freeze();
    world.clock.set(epoch);
  }
}

/** A millisecond later, one of the first keys is changed. */
async function prepare({ world }: TestEmulator, provider: string, change: (key: ApiKey, now: number) => ApiKey, place: number) {
  world.clock.advance(1);
  const now = world.clock.now();
  const seeded = (await world.keys(provider).find({})).filter(({ createdAt }) => createdAt <= epoch);
  const chosen = seeded[place % seeded.length];
  if (chosen !== undefined) await world.keys(provider).changeAll({ id: chosen.id }, (key) => change(key, now));
}

/** What the seed, and so every request, may name: everything else of the same shape is made at random. */
async function knownOf({ request, world }: TestEmulator, provider: string, { words }: FuzzTarget): Promise<string> {
  const { text } = await request.get('/_latchkey/credentials').expect(200);
  const stored = [await world.keys(provider).find({}), await world.resources(provider).listAll()];
  return [text, JSON.stringify(stored), ...words].join('\n');
}

/** What is made at random: tokens, ids, hashes, and what is left of a masked key. */
const random =
  /eyJ[\w-]+\.[\w-]+\.[\w-]+|EST[0-9a-f-]{36}ARY|[A-Za-z0-9]{10}\.[A-Za-z0-9+\-^!$&@]{53}|(?<=(?:keyId|key_id)":")[A-Za-z0-9]{10}|[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|[A-Za-z0-9]{4,6}\*{8,}|\*{8,}[A-Za-z0-9]{4,6}|(?<=org-)[A-Za-z0-9]{6}(?=")|[A-Za-z0-9]{64,}|[\w-]{43}(?=")/g;

function masked(text: string, known: string): string {
  return text.replace(random, (found) => (known.includes(found) ? found : '<random>'));
}

/** An answer without what is random. Lists whose order is that of random ids are compared as sets. */
function shown({ status, headers, body: sent }: Answer, known: string, base: string): unknown {
  // An answer may name the address that it was asked at.
  const body = sent.replaceAll(base, '<base>');
  const { connection: _connection, 'keep-alive': _keepAlive, ...kept } = headers;
  const isList = /^[[{]/.test(body);
  return {
    status,
    headers: JSON.parse(masked(JSON.stringify(kept), known)),
    body: isList ? sorted(masked(body, known)) : masked(body, known),
  };
}

function sorted(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), (_name, value) =>
      Array.isArray(value) ? value.toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1)) : value,
    );
  } catch {
    return text;
  }
}

async function stateOf({ world }: TestEmulator, provider: string, known: string): Promise<unknown> {
  const keys = await world.keys(provider).find({});
  const resources = await world.resources(provider).listAll();
  const plain = keys.map(({ id: _id, hash: _hash, hint: _hint, ...key }) => key);
  return JSON.parse(masked(JSON.stringify([plain, resources]), known));
}

async function lastIn({ request }: TestEmulator) {
  const { body } = await request.get('/_latchkey/requests?limit=1').expect(200);
  return body.requests[0];
}

async function codeIn(lk: TestEmulator): Promise<string | null> {
  return (await lastIn(lk)).code;
}

/** What a latchkey says of the truth of the last request. */
async function toldOf(lk: TestEmulator, mutant: MutantName): Promise<{ readonly status: number; readonly code: string | null }> {
  const last = await lastIn(lk);
  expect(last.mutant).toBe(mutant);
  const { body } = await lk.request.get(`/_latchkey/requests/${last.id}`).expect(200);
  return body.explanation.truth;
}
