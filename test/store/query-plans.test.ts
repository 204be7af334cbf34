import { describe, expect, test } from 'vitest';
import { endSql, lists, rowsSql } from '../../src/store/key-lists.ts';
import { countExpiringSql, countSql, expiringSql, listSql } from '../../src/store/timelines.ts';
import { planOf } from './plan-of.ts';

describe('found 6.10: a page costs what it holds, whatever the number of keys', () => {
  test.each([
    ['expiries', expiringSql, 'SEARCH api_keys USING INDEX api_keys_by_expiry ((expires_at,rowid)>(?,?) AND expires_at<?)'],
    [
      'issues',
      listSql('createdAt'),
      'SEARCH api_keys USING INDEX api_keys_by_creation (provider=? AND (created_at,rowid)>(?,?))',
    ],
    [
      'revocations',
      listSql('revokedAt'),
      'SEARCH api_keys USING INDEX api_keys_by_revocation (provider=? AND (revoked_at,rowid)>(?,?))',
    ],
  ])('%s are read from an index, in its order: nothing is scanned, nothing sorted', (_name, sql, plan) => {
    expect(planOf(sql)).toEqual([plan]);
  });

  test.each(
    Object.entries(lists).flatMap(([order, stretches]) => stretches.flatMap((one) => (one ? [[order, one] as const] : []))),
  )('all keys by %s are read from an index, in its order, from any place on (G7)', (_order, stretch) => {
    for (const sql of [endSql(stretch), rowsSql(stretch, 'provider = ? AND instr(lower(name), ?) > 0')])
      expect(planOf(sql)).toEqual([
        expect.stringMatching(/^SEARCH api_keys USING (COVERING )?INDEX api_keys_by_(issue|end|use) /),
      ]);
  });

  test.each([
    ['expiries', countExpiringSql],
    ['issues', countSql('createdAt')],
    ['revocations', countSql('revokedAt')],
  ])('%s are counted in the index alone', (_name, sql) => {
    expect(planOf(sql)).toEqual([expect.stringMatching(/^SEARCH api_keys USING COVERING INDEX/)]);
  });
});
