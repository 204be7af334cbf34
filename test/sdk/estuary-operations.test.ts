import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { unimplemented } from '../../src/providers/estuary/unimplemented/index.ts';
import { operations } from '../providers/estuary/contract.ts';
import { alice } from '../providers/estuary/estuary.ts';
import { emulatorForTests } from '../support/emulator.ts';

/** Every operation of the vendor's client: the methods of its classes, by the name that they share. */
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

/** What the documentation, and the client with it, has at paths where the server has nothing. */
const documentedAlone: Readonly<Record<string, string>> = {
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

test('every operation of npm estuary-client is emulated, known, or documented where the server had nothing', () => {
  const ours = new Set([...operations.map(({ id }) => id), ...unimplemented.map(({ id }) => id)]);
  expect(called.size).toBeGreaterThan(60);
  expect([...called].filter((id) => !ours.has(id)).toSorted()).toEqual(Object.keys(documentedAlone).toSorted());
});

test.each(Object.entries(documentedAlone))('%s is unknown, as it was at the server: %s', async (_id, route) => {
  const [method, path] = route.split(' ');
  const answer = await fetch(`${lk.url}/estuary${path}`, { method: method ?? '', headers: { authorization: alice } });
  expect(answer.status).toBe(404);
});
