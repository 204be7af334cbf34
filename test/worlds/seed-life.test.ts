import { describe, expect, test } from 'vitest';
import type { SeedContext } from '../../src/provider/seed/format.ts';
import { derivedText, derivedUuid, type ReadLife, readLife, type SeedLife } from '../../src/provider/seed/keys.ts';

const now = 10_000_000;
const existing: SeedContext['existing'] = { get: async () => undefined, getByName: async () => undefined };

function read(life: SeedLife): { life: ReadLife; problems: string[] } {
  const problems: string[] = [];
  const context: SeedContext = {
    now,
    existing,
    salt: '',
    report: (path, problem) => problems.push(`${path.join('/')} ${problem}`),
  };
  return { life: readLife(life, ['keys', 0], context), problems };
}

describe('the life of a seeded key', () => {
  test.each<[SeedLife, Partial<ReadLife>]>([
    [{}, { state: 'active', createdAt: now, expiresAt: undefined, lastUsedAt: null }],
    [{ state: 'suspended' }, { state: 'suspended', expiresAt: undefined }],
    [{ state: 'revoked' }, { state: 'revoked', expiresAt: undefined }],
    [{ state: 'expired' }, { state: 'active', expiresAt: now - 1000, createdAt: now - 1000 }],
    [{ expiresIn: '5m' }, { state: 'active', expiresAt: now + 300_000, createdAt: now }],
    [{ expiresIn: '-1h' }, { state: 'active', expiresAt: now - 3_600_000, createdAt: now - 3_600_000 }],
    [
      { expiresIn: '-1h', state: 'expired' },
      { state: 'active', expiresAt: now - 3_600_000 },
    ],
    [
      { expiresAt: '1970-01-01T00:00:01Z', createdAt: '1970-01-01T00:00:00.5Z' },
      { expiresAt: 1000, createdAt: 500 },
    ],
    [{ lastUsedAt: '1970-01-01T00:00:02Z' }, { lastUsedAt: 2000 }],
  ])('%j', (life, expected) => {
    expect(read(life)).toEqual({ life: expect.objectContaining(expected), problems: [] });
  });

  test.each<[SeedLife, string]>([
    [{ expiresIn: '5 minutes' }, 'expiresIn must be a duration such as 5m, 720h or P30D, not "5 minutes"'],
    [{ expiresIn: 'P9999999D' }, 'expiresIn must be a duration such as 5m, 720h or P30D, not "P9999999D"'],
    [{ createdAt: 'now' }, 'createdAt must be an RFC 3339 date-time such as 2030-01-01T00:00:00Z, not "now"'],
    [
      { lastUsedAt: '2030-02-30T00:00:00Z' },
      'lastUsedAt must be an RFC 3339 date-time such as 2030-01-01T00:00:00Z, not "2030-02-30T00:00:00Z"',
    ],
    [{ state: 'expired', expiresIn: '1ms' }, 'state is expired, but the expiry is in the future'],
  ])('%j is refused', (life, problem) => {
    expect(read(life).problems).toEqual([`keys/0/${problem}`]);
  });
});

test('what is derived follows from its words, and has the shape that is asked for', () => {
  expect(derivedText(64, 'a', 'b')).toMatch(/^[A-Za-z0-9]{64}$/);
  expect(derivedText(64, 'a', 'b')).toBe(derivedText(64, 'a', 'b'));
  expect(derivedText(64, 'a', 'b')).not.toBe(derivedText(64, 'ab'));
  expect(derivedUuid('a')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(derivedUuid('a')).not.toBe(derivedUuid('b'));
});
