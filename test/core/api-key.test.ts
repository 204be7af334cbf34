import { describe, expect, test } from 'vitest';
import {
  type ApiKey,
  effectiveState,
  expireKey,
  isExpired,
  refusalOf,
  resumeKey,
  revokeKey,
  suspendKey,
} from '../../src/core/api-key.ts';
import { EmulatorError } from '../../src/core/errors.ts';
import type { EffectiveState, KeyState } from '../../src/core/key-state.ts';
import { keyOf } from '../store/key-of.ts';

const expiresAt = 5_000;
const [before, at, after] = [expiresAt - 1, expiresAt, expiresAt + 1];

describe('effective state', () => {
  test.each<[KeyState, number | null, number, EffectiveState]>([
    ['active', null, 0, 'active'],
    ['active', null, Number.MAX_SAFE_INTEGER, 'active'],
    ['active', expiresAt, before, 'active'],
    ['active', expiresAt, at, 'active'],
    ['active', expiresAt, after, 'expired'],
    ['suspended', null, 0, 'suspended'],
    ['suspended', expiresAt, at, 'suspended'],
    ['suspended', expiresAt, after, 'suspended'],
    ['revoked', null, 0, 'revoked'],
    ['revoked', expiresAt, at, 'revoked'],
    ['revoked', expiresAt, after, 'revoked'],
  ])('stored as %s, expiring at %s: at %s it is %s', (state, expiry, now, expected) => {
    expect(effectiveState({ state, expiresAt: expiry }, now)).toBe(expected);
  });

  test('an expiry before 1970 passes as any other does', () => {
    expect(effectiveState({ state: 'active', expiresAt: -1 }, -1)).toBe('active');
    expect(effectiveState({ state: 'active', expiresAt: -1 }, 0)).toBe('expired');
  });

  test.each([
    [Number.NaN, 0],
    [expiresAt, Number.NaN],
  ])('NaN counts as expired: expiry %s at %s', (expiry, now) => {
    expect(isExpired({ expiresAt: expiry }, now)).toBe(true);
    expect(effectiveState({ state: 'active', expiresAt: expiry }, now)).toBe('expired');
  });
});

describe('the refusal of a key', () => {
  const refused = { owner: 'ada', name: 'ci', expiresAt };

  test.each<[Partial<ApiKey>, number, string]>([
    [{}, after, 'key_expired'],
    [{ state: 'suspended' }, before, 'key_suspended'],
    [{ state: 'suspended' }, after, 'key_suspended'],
    [{ state: 'revoked', revokedAt: 1 }, before, 'key_revoked'],
    [{ state: 'revoked', revokedAt: 1 }, after, 'key_revoked'],
  ])('%j at %s: %s', (changes, now, code) => {
    const key = keyOf('k', { ...refused, ...changes });
    expect(refusalOf(key, now)).toMatchObject({ code, detail: refused });
    expect(refusalOf(key, now)).toMatchObject({ code, detail: refused });
  });

  test('does not apply to an active key up to and including its expiry', () => {
    const key = keyOf('k', { expiresAt });
    expect(refusalOf(key, at)).toBeUndefined();
    expect(refusalOf(key, at)).toBeUndefined();
  });
});

describe('transitions', () => {
  const moves = { suspend: suspendKey, resume: resumeKey, revoke: revokeKey };
  const now = 9_000;

  test.each<[KeyState, keyof typeof moves, KeyState]>([
    ['active', 'suspend', 'suspended'],
    ['active', 'revoke', 'revoked'],
    ['suspended', 'resume', 'active'],
    ['suspended', 'revoke', 'revoked'],
  ])('%s: %s makes it %s at the instant of the change, and changes nothing else', (from, move, to) => {
    const key = keyOf('k', { state: from, expiresAt, lastUsedAt: 3 });
    const before = structuredClone(key);
    expect(moves[move](key, now)).toEqual({ ...key, state: to, updatedAt: now, revokedAt: to === 'revoked' ? now : null });
    expect(key).toEqual(before);
  });

  test.each<[KeyState, keyof typeof moves]>([
    ['active', 'resume'],
    ['suspended', 'suspend'],
    ['revoked', 'revoke'],
  ])('%s: %s changes nothing and gives the same object', (from, move) => {
    const key = keyOf('k', { state: from, revokedAt: from === 'revoked' ? 1 : null });
    expect(moves[move](key, now)).toBe(key);
  });

  test.each<[keyof typeof moves, KeyState]>([
    ['suspend', 'suspended'],
    ['resume', 'active'],
  ])('a revoked key cannot %s', (move, to) => {
    const key = keyOf('k', { state: 'revoked', revokedAt: 1 });
    const refusal = new EmulatorError('transition_refused', { from: 'revoked', to });
    expect(() => moves[move](key, now)).toThrow(refusal);
  });

  test.each<[KeyState, number | null]>([
    ['active', null],
    ['active', expiresAt],
    ['suspended', expiresAt],
  ])('%s, expiring at %s: expire puts it a millisecond past its expiry, and changes nothing else', (state, until) => {
    const key = keyOf('k', { state, expiresAt: until, lastUsedAt: 3 });
    const expired = expireKey(key, before);
    expect(expired).toEqual({ ...key, expiresAt: before - 1, updatedAt: before });
    expect(effectiveState(expired, before)).toBe(state === 'active' ? 'expired' : state);
  });

  test('an expired key stays as it is, and a revoked key cannot expire', () => {
    const expired = keyOf('k', { expiresAt });
    expect(expireKey(expired, after)).toBe(expired);
    const revoked = keyOf('k', { state: 'revoked', revokedAt: 1 });
    expect(() => expireKey(revoked, now)).toThrow(new EmulatorError('transition_refused', { from: 'revoked', to: 'expired' }));
  });

  test('an expired key can be suspended, resumed and revoked, and is still expired when resumed', () => {
    const expired = keyOf('k', { expiresAt });
    const resumed = resumeKey(suspendKey(expired, after), after);
    expect(effectiveState(resumed, after)).toBe('expired');
    expect(effectiveState(revokeKey(resumed, after), after)).toBe('revoked');
  });
});
