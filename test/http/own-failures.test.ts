import pino from 'pino';
import { expect, test } from 'vitest';
import type { ErrorTable, Provider } from '../../src/provider/provider.ts';
import rockset from '../../src/providers/rockset/index.ts';
import { startEmulator } from '../../src/server/emulator.ts';
import { exchange } from '../control/exchange.ts';
import { epoch } from '../support/emulator.ts';

const sound = rockset.emulate('2023');

/** What a provider that is broken in some way answers at a path, without its trace id. */
async function answerOf(broken: Partial<Provider>, path: string) {
  const emulator = await startEmulator({
    config: { host: '127.0.0.1', port: 0, providerPorts: new Map(), db: ':memory:', clock: epoch },
    providers: [{ ...sound, ...broken }],
    logger: pino({ level: 'silent' }),
    version: '0',
  });
  try {
    const { status, headers, body } = await exchange(`${emulator.url}/rockset${path}`);
    return { status, mediaType: headers['content-type'], body: body.replace(/(?<="trace_id":")[^"]+/, '…') };
  } finally {
    await emulator.close();
  }
}

const internal = {
  status: 500,
  mediaType: 'application/json',
  body: '{"message":"Internal error","message_key":null,"type":"INTERNALERROR","line":null,"column":null,"trace_id":"…","error_id":null,"query_id":null,"internal_errors":null}',
};
const fail = () => {
  throw new Error('words of the program');
};

// found 6.14: a throw after the handler, or in what words an error, is answered in the provider's words all the same.
test("an answer that cannot be encoded is the provider's internal error", async () => {
  for (const path of ['/', '/nowhere']) expect(await answerOf({ encodeJson: fail }, path)).toEqual(internal);
});

test("an error that cannot be worded is the provider's internal error", async () => {
  const codes: ErrorTable['codes'] = { ...sound.errors.codes, route_not_found: fail };
  expect(await answerOf({ errors: { ...sound.errors, codes } }, '/nowhere')).toEqual(internal);
});
