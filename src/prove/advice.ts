import type { MutantName } from '../provider/mutants.ts';

interface Texts {
  /** What a suite lacks that met it and stayed green. */
  readonly survived: string;
  /** Why it was not met. */
  readonly untested: string;
  /** How to meet it. */
  readonly meet: string;
}

const refusal = 'Assert the refusal: await assert.rejects(use(secret)).';

/** What to do about a mutant that was not killed. */
export const texts: Readonly<Record<MutantName, Texts>> = {
  'accept-expired': {
    survived: refusal,
    untested: 'no test sends an expired key',
    meet: "Move the clock past a key's expiry (lk.clock.edge(key, '1ms')), use the key, and assert that it is refused.",
  },
  'accept-revoked': {
    survived: refusal,
    untested: 'no test sends a revoked key',
    meet: 'Revoke a key, use it once more, and assert that it is refused.',
  },
  'accept-suspended': {
    survived: refusal,
    untested: 'no test sends a suspended key',
    meet: 'Suspend a key (lk.keys.suspend(id)), use it, and assert that it is refused.',
  },
  'accept-unknown': {
    survived: refusal,
    untested: 'no test sends a key that was never issued',
    meet: 'Use a secret of the right form that was never issued, and assert that it is refused.',
  },
  'accept-missing': {
    survived: 'Assert the refusal: await assert.rejects(use(undefined)).',
    untested: 'no test leaves the key out',
    meet: 'Send a request without a key, as a missing setting would, and assert that it is refused.',
  },
  'ignore-role': {
    survived: 'Assert the refusal of what the role does not allow, and that nothing was changed.',
    untested: 'no test asks for what the role of its key does not allow',
    meet: 'Ask with a live key for something that its role does not allow, and assert that it is refused.',
  },
  'ignore-tenant': {
    survived: "Assert the refusal of what belongs to another organisation, and that nothing of it is in the answer's body.",
    untested: 'no test asks for what belongs to another organisation',
    meet: 'Ask with a live key for something of another organisation, and assert that it is refused.',
  },
  'ignore-owner': {
    survived: "Assert the refusal of another user's keys, and that none of them was changed.",
    untested: "no test asks for another user's keys",
    meet: "Ask with a live key for another user's keys, and assert that it is refused.",
  },
  'ignore-revoke': {
    survived: 'Use the old key once more after the rotation, and assert that it is refused.',
    untested: "no test revokes a key by the provider's own API",
    meet: "Revoke a key by the provider's own API, use it once more, and assert that it is refused.",
  },
  'lose-new-key': {
    survived: 'Use the new key after it was issued, and assert that it works.',
    untested: "no test issues a key by the provider's own API",
    meet: "Issue a key by the provider's own API, use it, and assert that it works.",
  },
  'widen-grants': {
    survived: 'Use the new key for something that it was not granted, and assert that it is refused.',
    untested: "no test issues a key with less than the widest grants by the provider's own API",
    meet: 'Issue a key with few grants, use it for something else, and assert that it is refused.',
  },
  'accept-malformed': {
    survived: 'Assert the refusal of a credential in the wrong form.',
    untested: 'no test sends a credential in the wrong form',
    meet: 'Send a credential in the wrong form, such as the bare secret in the header, and assert that it is refused.',
  },
  'expire-late': {
    survived: "Use the key right after its expiry (lk.clock.edge(key, '1ms')), and assert that it is refused.",
    untested: 'no test sends a key on the day after its expiry',
    meet: "Use a key right after its expiry (lk.clock.edge(key, '1ms')), and assert that it is refused.",
  },
  'expire-early': {
    survived: "Assert that the key works at its last instant (lk.clock.edge(key, '0s')).",
    untested: 'no test sends a key at its last instant',
    meet: "Use a key at its last instant (lk.clock.edge(key, '0s')), and assert that it works.",
  },
  'ignore-suspend': {
    survived: 'Use the key after it was suspended, and assert that it is refused.',
    untested: "no test suspends a key by the provider's own API",
    meet: "Suspend a key by the provider's own API, use it, and assert that it is refused.",
  },
  'ignore-expiry': {
    survived: "Move the clock past the new key's expiry, use the key, and assert that it is refused.",
    untested: "no test gives a key an expiry by the provider's own API",
    meet: "Issue a key with an expiry, move the clock past it (lk.clock.edge(key, '1ms')), and assert that the key is refused.",
  },
  'revoke-siblings': {
    survived: "Use the owner's other keys after the revocation, and assert that they still work.",
    untested: "no test revokes a key whose owner has a newer one by the provider's own API",
    meet: 'Issue a second key, revoke the first, and assert that the second works.',
  },
  'accept-other-provider': {
    survived: "Assert the refusal of another provider's key.",
    untested: "no test sends another provider's key",
    meet: "Use one provider's key with another provider, and assert that it is refused.",
  },
};

/** Where the role was never asked for, a test may have been refused for something else, which looks the same. */
export const refusedForAnotherReason =
  '; a test of roles may pass because its key is refused for another reason: assert first that the key works';

/** What to say of a run to which no request came. */
export const isItCached =
  'is the result cached? go test -count=1, gradle --rerun-tasks, turbo --force, or whatever the runner has for that';

/** Why nothing can be judged if the first run sends nothing. The loop is described in docs/prove.md. */
export const nothingCalled =
  'the command did not call this latchkey. Does it start one of its own? Use connect(process.env.LATCHKEY_URL), or run it ' +
  'once for each name of latchkey prove --list, with startLatchkey({ mutant: process.env.LATCHKEY_MUTANT }). Or ' +
  isItCached;
