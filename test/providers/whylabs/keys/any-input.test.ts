import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../emulator.ts';
import { addOrganization, keysOf, system } from '../whylabs.ts';

const lk = emulatorForTests();
const printable = fc.string({ unit: fc.constantFrom(...'%&=;+,#?/:aZ09-_.~!$\'()*[]@|"<>^`{}'), maxLength: 60 });
const anyText = fc.string({ unit: 'binary', maxLength: 40 });

/** Expects a success, an empty answer or one of the two shapes of an error. */
function expectOwnAnswer(status: number, text: string): void {
  expect([200, 400, 404]).toContain(status);
  if (status === 200 || text === '') return;
  const body: object = JSON.parse(text);
  expect([
    ['message', 'requestId', 'type'],
    ['message', '_links', '_embedded'],
  ]).toContainEqual(Object.keys(body));
}

describe('any input gets an answer that the real server could give', () => {
  test.each(['post', 'get', 'delete'] as const)('%s with any query', async (method) => {
    await addOrganization(lk, 'org-x');
    await fc.assert(
      fc.asyncProperty(printable, async (query) => {
        const path = `${keysOf('org-x')}?user_id=u&key_id=k&${query.replaceAll('#', '%23')}`;
        const { status, text } = await lk.request[method](path).set('X-API-Key', system);
        expectOwnAnswer(status, text);
      }),
      { numRuns: 150 },
    );
  });

  test('any user, alias and scope', async () => {
    await addOrganization(lk, 'org-x');
    await fc.assert(
      fc.asyncProperty(anyText, anyText, async (text, scope) => {
        const query = new URLSearchParams({ user_id: text, alias: text, scopes: scope });
        const { status, text: answer } = await lk.request.post(`${keysOf('org-x')}?${query}`).set('X-API-Key', system);
        expectOwnAnswer(status, answer);
      }),
      { numRuns: 150 },
    );
  });

  test('any organisation and key in the path', async () => {
    await fc.assert(
      fc.asyncProperty(printable, printable, async (orgId, keyId) => {
        const path = `${keysOf(orgId.replace(/[#?]/g, ''))}/${keyId.replaceAll('#', '')}`;
        const { status, text } = await lk.request.get(`/whylabs${path}`).set('X-API-Key', system);
        expectOwnAnswer(status, text);
      }),
      { numRuns: 150 },
    );
  });
});
