// Reads what `latchkey prove --json` prints for an example (`node .ci/proved-example.mjs examples/rockset/shell`) from standard input:
// no mutant may survive or be void, and the untested ones are those below. An example that no longer tests something is noticed.
import assert from 'node:assert/strict';
import { text } from 'node:stream/consumers';

const untested = {
  estuary: ['accept-unknown', 'accept-missing'],
  kps: ['accept-suspended', 'accept-unknown', 'accept-missing'],
  rockset: ['accept-suspended', 'accept-unknown', 'accept-missing', 'ignore-owner'],
  whylabs: ['accept-unknown', 'accept-missing', 'ignore-tenant', 'ignore-owner'],
};

const provider = process.argv[2].split('/')[1];
const { mutants } = JSON.parse(await text(process.stdin));
const named = (status) => mutants.filter((one) => one.status === status).map(({ mutant }) => mutant);
const found = { survived: named('survived'), void: named('void'), untested: named('untested') };
assert.deepEqual(found, { survived: [], void: [], untested: untested[provider] });
assert.ok(named('killed').length > 0, 'nothing was killed');
