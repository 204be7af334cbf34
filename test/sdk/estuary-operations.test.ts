import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { unimplemented } from '../../src/providers/estuary/unimplemented/index.ts';
import { operations } from '../providers/estuary/contract.ts';
import { alice } from '../providers/estuary/estuary.ts';
import { emulatorForTests } from '../support/emulator.ts';

/** The operations of the vendor's client: the methods of its classes `…Api` whose names end in an HTTP method. */
const sdk: Readonly<Record<string, { readonly prototype?: object } | undefined>> = createRequire(import.meta.url)(
  'estuary-client',
);
const clients = Object.entries(sdk).filter(([name]) => name.endsWith('Api'));
const apiClient = new (Object(sdk['ApiClient']))();
const called = new Set(
  clients.flatMap(([, client]) =>
    Object.keys(new (Object(client))(apiClient)).filter((name) => /(?:Get|Post|Put|Delete)$/.test(name)),
  ),
);

/** The operations that the documentation and the client have, but the server never had. */
const documentedOnly: Readonly<Record<string, string>> = {
  dealEstimatePost: 'POST /deal/estimate',
  dealInfoDealidGet: 'GET /deal/info/1',
  dealProposalPropcidGet: 'GET /deal/proposal/x',
  dealQueryMinerGet: 'GET /deal/query/x',
  dealStatusByProposalPropcidGet: 'GET /deal/status-by-proposal/x',
  dealStatusMinerPropcidGet: 'GET /deal/status/x/y',
  dealTransferInProgressGet: 'GET /deal/transfer/in-progress',
  dealTransferStatusPost: 'POST /deal/transfer/status',
  netAddrsGet: 'GET /net/addrs',
};

const lk = emulatorForTests();

test('every operation of npm estuary-client is emulated, known, or documented only', () => {
  const ours = new Set([...operations.map(({ id }) => id), ...unimplemented.map(({ id }) => id)]);
  expect(called.size).toBeGreaterThan(60);
  expect([...called].filter((id) => !ours.has(id)).toSorted()).toEqual(Object.keys(documentedOnly).toSorted());
});

test.each(Object.entries(documentedOnly))('%s is unknown, as it was to the server: %s', async (_id, route) => {
  const [method, path] = route.split(' ');
  const answer = await fetch(`${lk.url}/estuary${path}`, { method: method ?? '', headers: { authorization: alice } });
  expect(answer.status).toBe(404);
});
