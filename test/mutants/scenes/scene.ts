import type { Test } from 'supertest';
import type { ApiKey } from '../../../src/core/api-key.ts';
import type { MutantName } from '../../../src/provider/mutants.ts';
import { epoch, type TestEmulator } from '../../support/emulator.ts';

/** The seeded keys and the calls of one provider that the scenes of every provider need. */
export interface Actor {
  readonly provider: string;
  /** The status with which a credential is refused. */
  readonly refused: number;
  readonly missing: number;
  /** A key that the seed has besides that of the first administrator. */
  readonly secret: string;
  /** Of the form of its keys, and never issued. */
  readonly unknown: string;
  /** Headers that hold the key, and present it in the wrong way; null where there is no wrong way. */
  malformed(secret: string): Readonly<Record<string, string>>;
  headers(secret: string): Readonly<Record<string, string>>;
  /** A call that every accepted key may make. */
  readonly path: string;
  /** Issues a key by the provider's API; `narrow`: one that may do less than the widest, `expiresAt`: if it can expire. */
  issue?(lk: TestEmulator, how?: { readonly narrow?: boolean; readonly expiring?: boolean }): Promise<Issued>;
  /** Suspends a key by the provider's API, if it can. */
  suspend?(lk: TestEmulator, issued: Issued): PromiseLike<Answer>;
  revoke(lk: TestEmulator, issued: Issued): PromiseLike<Answer>;
  /** A call that a narrow key may not make. */
  wide?(lk: TestEmulator, secret: string): Test;
  /** Calls that the seeded key may not make, by what it lacks. */
  readonly denied: { readonly [kind in 'role' | 'tenant' | 'owner']?: (lk: TestEmulator) => Promise<Answer> };
}

export interface Issued {
  readonly status: number;
  readonly secret: string;
  /** What the provider calls it. */
  readonly handle: string;
}

export type Answer = { readonly status: number };

/** What a mutant changes. */
export interface Outcome {
  /** Of the request that it decides. */
  readonly decided: number;
  /** Of a request that shows what it has stored. */
  readonly shown?: number;
}

/** A story in which a mutant acts once. */
export interface Scene {
  readonly mutant: MutantName;
  /** The code of the truth; null where the truth is no refusal. */
  readonly code: string | null;
  readonly truth: Outcome;
  readonly mutated: Outcome;
  play(lk: TestEmulator): Promise<Outcome>;
}

const dayMs = 86_400_000;

/** Makes the call of an actor with a key. */
export function callWith(lk: TestEmulator, { provider, path, headers }: Actor, secret: string): Test {
  return lk.request.get(`/${provider}${path}`).set(headers(secret));
}

/** The scenes of the refusals of a credential. */
export function refusalsOf(actor: Actor): Scene[] {
  const { provider, secret, refused, missing, unknown } = actor;
  const refusal = (
    mutant: MutantName,
    code: string,
    prepare: (lk: TestEmulator) => Promise<Answer>,
    status = refused,
  ): Scene => ({
    mutant,
    code,
    truth: { decided: status },
    mutated: { decided: 200 },
    play: async (lk) => ({ decided: (await prepare(lk)).status }),
  });
  const changed = (change: (key: ApiKey) => ApiKey) => async (lk: TestEmulator) => {
    await lk.world.keys(provider).changeAll(await ofSecret(lk, actor), change);
    return callWith(lk, actor, secret);
  };
  const bare = (lk: TestEmulator) => lk.request.get(`/${provider}${actor.path}`);
  const expired = changed((key) => ({ ...key, expiresAt: epoch - 1 }));
  return [
    refusal('accept-expired', 'key_expired', expired),
    refusal('expire-late', 'key_expired', expired),
    refusal(
      'accept-revoked',
      'key_revoked',
      changed((key) => ({ ...key, state: 'revoked', revokedAt: epoch - 12 })),
    ),
    refusal(
      'accept-suspended',
      'key_suspended',
      changed((key) => ({ ...key, state: 'suspended' })),
    ),
    refusal('accept-unknown', 'key_unknown', async (lk) => callWith(lk, actor, unknown)),
    refusal('accept-missing', 'credential_missing', async (lk) => bare(lk), missing),
    refusal('accept-malformed', 'credential_malformed', async (lk) => bare(lk).set(actor.malformed(secret))),
    {
      mutant: 'expire-early',
      code: null,
      truth: { decided: 200 },
      mutated: { decided: refused },
      async play(lk) {
        return { decided: (await await changed((key) => ({ ...key, expiresAt: epoch }))(lk)).status };
      },
    },
  ];
}

/** The scenes of what is answered, and stored otherwise. */
export function storingOf(actor: Actor): Scene[] {
  const { refused } = actor;
  const works = async (lk: TestEmulator, { secret }: Issued) => (await callWith(lk, actor, secret)).status;
  const issue = actor.issue ?? (() => Promise.reject(new Error('its API issues no key')));
  const scenes: Scene[] = [
    {
      mutant: 'ignore-revoke',
      code: null,
      truth: { decided: 200, shown: refused },
      mutated: { decided: 200, shown: 200 },
      async play(lk) {
        const issued = await issue(lk);
        return { decided: (await actor.revoke(lk, issued)).status, shown: await works(lk, issued) };
      },
    },
    {
      mutant: 'lose-new-key',
      code: null,
      truth: { decided: 200, shown: 200 },
      mutated: { decided: 200, shown: refused },
      async play(lk) {
        const issued = await issue(lk);
        return { decided: issued.status, shown: await works(lk, issued) };
      },
    },
    {
      mutant: 'revoke-siblings',
      code: null,
      truth: { decided: 200, shown: 200 },
      mutated: { decided: 200, shown: refused },
      async play(lk) {
        const [old, young] = [await issue(lk), await issue(lk)];
        return { decided: (await actor.revoke(lk, old)).status, shown: await works(lk, young) };
      },
    },
  ];
  return [...scenes, ...suspensionOf(actor, issue, works), ...grantsOf(actor, issue)];
}

function suspensionOf(
  { suspend, refused }: Actor,
  issue: NonNullable<Actor['issue']>,
  works: (lk: TestEmulator, issued: Issued) => Promise<number>,
): Scene[] {
  if (suspend === undefined) return [];
  const play = async (lk: TestEmulator) => {
    const issued = await issue(lk);
    return { decided: (await suspend(lk, issued)).status, shown: await works(lk, issued) };
  };
  const [truth, mutated] = [
    { decided: 200, shown: refused },
    { decided: 200, shown: 200 },
  ];
  return [{ mutant: 'ignore-suspend', code: null, truth, mutated, play }];
}

function grantsOf({ wide }: Actor, issue: NonNullable<Actor['issue']>): Scene[] {
  if (wide === undefined) return [];
  const play = async (lk: TestEmulator) => {
    const issued = await issue(lk, { narrow: true });
    return { decided: issued.status, shown: (await wide(lk, issued.secret)).status };
  };
  return [
    { mutant: 'widen-grants', code: null, truth: { decided: 200, shown: 403 }, mutated: { decided: 200, shown: 200 }, play },
  ];
}

/** The scene of a key that is issued with an expiry, and used a year after it. */
export function expiryOf(actor: Actor): Scene {
  return {
    mutant: 'ignore-expiry',
    code: null,
    truth: { decided: 200, shown: actor.refused },
    mutated: { decided: 200, shown: 200 },
    async play(lk) {
      const issued = await (actor.issue?.(lk, { expiring: true }) ?? Promise.reject(new Error('its API issues no key')));
      lk.world.clock.advance(400 * dayMs);
      return { decided: issued.status, shown: (await callWith(lk, actor, issued.secret)).status };
    },
  };
}

/** The scenes of rights that a key lacks. */
export function demandsOf({ denied }: Actor): Scene[] {
  const kinds = ['role', 'tenant', 'owner'] as const;
  return kinds.flatMap((kind): Scene[] => {
    const deny = denied[kind];
    if (deny === undefined) return [];
    const play = async (lk: TestEmulator) => ({ decided: (await deny(lk)).status });
    return [{ mutant: `ignore-${kind}`, code: 'permission_denied', truth: { decided: 403 }, mutated: { decided: 200 }, play }];
  });
}

/** The scene of a key of another provider. */
export function strangerOf(actor: Actor, stranger: string): Scene {
  return {
    mutant: 'accept-other-provider',
    code: 'key_unknown',
    truth: { decided: actor.refused },
    mutated: { decided: 200 },
    play: async (lk) => ({ decided: (await callWith(lk, actor, stranger)).status }),
  };
}

async function ofSecret(lk: TestEmulator, { provider, secret }: Actor) {
  // WhyLabs looks up what is before the colon.
  const found = await lk.world.keys(provider).findBySecret(provider === 'whylabs' ? secret.replace(/:.*/, '') : secret);
  if (found === undefined) throw new Error(`the seed has no such key of ${provider}`);
  return { id: found.id };
}
