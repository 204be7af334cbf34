import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emulatorForTests } from '../../emulator.ts';
import { admin, keysOf, ownKeys } from '../rockset.ts';

const lk = emulatorForTests();
const errorFields = 'message,message_key,type,line,column,trace_id,error_id,query_id,internal_errors';

/** Bodies like and unlike those that the operations accept. */
const body = fc.oneof(
  fc.jsonValue(),
  fc.record(
    {
      name: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\u0000', '\ud800', '__proto__'), fc.jsonValue()),
      role: fc.oneof(fc.constantFrom('admin', 'toString', null), fc.string()),
      state: fc.constantFrom('ACTIVE', 'SUSPENDED', null, 'x', 1),
      expiry_time: fc.oneof(fc.constantFrom('2031-01-01T00:00:00Z', '9999-12-31T23:59:59Z', null), fc.string()),
      clear_expiry_time: fc.oneof(fc.boolean(), fc.jsonValue()),
    },
    { requiredKeys: [] },
  ),
);

test('a creation or an update with any body succeeds or answers a complete error', async () => {
  await fc.assert(
    fc.asyncProperty(body, fc.constantFrom(ownKeys, keysOf('self', 'admin'), keysOf('self', 'nothing')), async (sent, path) => {
      const answer = await lk.request.post(path).set('Authorization', admin).type('json').send(JSON.stringify(sent));
      await lk.world.reset('everything');
      expect([200, 400, 404]).toContain(answer.status);
      if (answer.status === 200) expect(answer.body.data.key).toHaveLength(64);
      else expect(Object.keys(answer.body).join()).toBe(errorFields);
    }),
    { numRuns: 200 },
  );
});

test('any path is found or not found', async () => {
  await fc.assert(
    fc.asyncProperty(fc.webSegment(), fc.webSegment(), async (user, name) => {
      const answer = await lk.request.get(keysOf(user || 'x', name || 'x')).set('Authorization', admin);
      expect(answer.status).toBe(404);
      expect(Object.keys(answer.body).join()).toBe(errorFields);
    }),
    { numRuns: 100 },
  );
});
