import { connect } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, { errorCodes } from 'fastify';
import { beforeAll, describe, expect, test } from 'vitest';
import type { EmulatorError } from '../../src/core/errors.ts';
import { sendError, toReply } from '../../src/http/errors.ts';
import { requestErrors } from '../../src/http/framework-errors.ts';
import { splitTarget } from '../../src/http/target.ts';
import { loadProviders } from '../../src/providers/index.ts';
import { portOf } from '../../src/server/listening.ts';
import { exchange } from '../control/exchange.ts';
import { emulatorForTests } from './emulator.ts';
import type { FrameworkAnswer, FrameworkTarget } from './framework-target.ts';

/** Fastify's errors that a request cannot cause, by the reason; without the beginning `FST_ERR_`. */
const ofTheProgram: Readonly<Record<string, readonly string[]>> = {
  'options of the app, its routes and plugins are checked before it listens': [
    ...['OPTIONS_NOT_OBJ', 'QSP_NOT_FN', 'SCHEMA_CONTROLLER_BUCKET_OPT_NOT_FN', 'SCHEMA_ERROR_FORMATTER_NOT_FN'],
    ...['AJV_CUSTOM_OPTIONS_OPT_NOT_OBJ', 'AJV_CUSTOM_OPTIONS_OPT_NOT_ARR', 'ERROR_HANDLER_NOT_FN', 'ERROR_HANDLER_ALREADY_SET'],
    ...['CTP_ALREADY_PRESENT', 'CTP_INVALID_TYPE', 'CTP_EMPTY_TYPE', 'CTP_INVALID_HANDLER', 'CTP_INVALID_PARSE_TYPE'],
    ...['CTP_INSTANCE_ALREADY_STARTED', 'DEC_ALREADY_PRESENT', 'DEC_DEPENDENCY_INVALID_TYPE', 'DEC_MISSING_DEPENDENCY'],
    ...['DEC_AFTER_START', 'DEC_REFERENCE_TYPE', 'DEC_UNDECLARED', 'HOOK_INVALID_TYPE', 'HOOK_INVALID_HANDLER'],
    ...['HOOK_INVALID_ASYNC_HANDLER', 'HOOK_NOT_SUPPORTED', 'MISSING_MIDDLEWARE', 'HOOK_TIMEOUT', 'INIT_OPTS_INVALID'],
    ...['LOG_INVALID_DESTINATION', 'LOG_INVALID_LOGGER', 'LOG_INVALID_LOGGER_INSTANCE', 'LOG_INVALID_LOGGER_CONFIG'],
    ...['LOG_LOGGER_AND_LOGGER_INSTANCE_PROVIDED', 'LOG_INVALID_LOG_CONTROLLER', 'DUPLICATED_ROUTE', 'INVALID_URL'],
    ...['SCH_MISSING_ID', 'SCH_ALREADY_PRESENT', 'SCH_CONTENT_MISSING_SCHEMA', 'SCH_DUPLICATE', 'SCH_VALIDATION_BUILD'],
    ...['SCH_RESPONSE_SCHEMA_NOT_NESTED_2XX', 'ROUTE_OPTIONS_NOT_OBJ', 'ROUTE_DUPLICATED_HANDLER', 'ROUTE_HANDLER_NOT_FN'],
    ...['ROUTE_MISSING_HANDLER', 'ROUTE_METHOD_INVALID', 'ROUTE_METHOD_NOT_SUPPORTED', 'ROUTE_LOG_LEVEL_INVALID'],
    ...['ROUTE_BODY_VALIDATION_SCHEMA_NOT_SUPPORTED', 'ROUTE_BODY_LIMIT_OPTION_NOT_INT'],
    ...['ROUTE_HANDLER_TIMEOUT_OPTION_NOT_INT', 'PLUGIN_VERSION_MISMATCH', 'PLUGIN_NOT_PRESENT_IN_INSTANCE'],
    ...['PLUGIN_INVALID_ASYNC_HANDLER', 'PLUGIN_DEPENDENCY_NOT_REGISTERED', 'PLUGIN_CALLBACK_NOT_FN', 'PLUGIN_NOT_VALID'],
    ...['ROOT_PLG_BOOTED', 'PARENT_PLUGIN_BOOTED', 'PLUGIN_TIMEOUT'],
  ],
  'a server is started and stopped without a request': [
    ...['LISTEN_OPTIONS_INVALID', 'FORCE_CLOSE_CONNECTIONS_IDLE_NOT_AVAILABLE', 'REOPENED_CLOSE_SERVER', 'REOPENED_SERVER'],
    'INSTANCE_ALREADY_LISTENING',
  ],
  'the target is rewritten to a text, always': ['ROUTE_REWRITE_NOT_STR'],
  'a handler or hook of ours is wrong: the answer is the internal error': [
    ...['REP_INVALID_PAYLOAD_TYPE', 'REP_RESPONSE_BODY_CONSUMED', 'REP_READABLE_STREAM_LOCKED', 'REP_ALREADY_SENT'],
    ...['REP_SENT_VALUE', 'SEND_INSIDE_ONERR', 'SEND_UNDEFINED_ERR', 'BAD_STATUS_CODE', 'BAD_TRAILER_NAME'],
    ...['BAD_TRAILER_VALUE', 'FAILED_ERROR_SERIALIZATION', 'MISSING_SERIALIZATION_FN', 'SCH_SERIALIZATION_BUILD'],
    ...['MISSING_CONTENTTYPE_SERIALIZATION_FN', 'REQ_INVALID_VALIDATION_INVOCATION'],
  ],
};
const faults = new Set(Object.values(ofTheProgram).flatMap((codes) => codes.map((code) => `FST_ERR_${code}`)));
/** It carries what is wrong with a value, and is worded by that: worded-schemas.test.ts. */
const invalid = 'FST_ERR_VALIDATION';
const allCodes = Object.keys(errorCodes);

// found 6.14: every error that the framework can raise has its place in each provider's table.
test("each of Fastify's errors is a request's or the program's", () => {
  expect(allCodes.toSorted()).toEqual([...requestErrors.keys(), ...faults, invalid].toSorted());
});

const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const modules = await loadProviders();

describe.each(modules.map((module) => [module.name, module] as const))('%s', async (name, module) => {
  const { target }: { readonly target: FrameworkTarget } = await import(`./${name}/framework.ts`);
  const lk = emulatorForTests();
  const credential = async () => {
    const found = (await lk.world.credentials()).get(name)?.find((one) => one.name === target.credential)?.header;
    return `${found?.name}: ${found?.value}`;
  };

  /** Writes a request below the provider's name, and reads what comes until the connection ends. */
  async function send(
    line: string,
    headers: readonly string[] = [],
    body = '',
  ): Promise<FrameworkAnswer & { readonly head: string }> {
    const { hostname, port } = new URL(lk.url);
    const socket = connect(Number(port), hostname);
    const [method = '', path = '', version = 'HTTP/1.1'] = line.split(' ');
    const lines = [`${method} /${name}${path} ${version}`, await credential(), 'Connection: close', ...headers];
    socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
    const received = await textOf(socket);
    const [head = '', ...rest] = received.replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '').split('\r\n\r\n');
    const mediaType = /^content-type: (.+)$/im.exec(head)?.[1];
    // What the client was reached by is in no comparison.
    const text = rest.join('\r\n\r\n').replaceAll(uuid, '…').replaceAll(`"/${name}/`, '"/');
    return { status: Number(head.split(' ', 2)[1]), mediaType, text, head };
  }

  const host = 'Host: x';
  const json = 'Content-Type: application/json';
  const sized = (body: string) => `Content-Length: ${Buffer.byteLength(body)}`;
  const withBody = (body: string, type = json) => send(`POST ${target.post}`, [host, type, sized(body)], body);

  const provider = module.emulate(module.profiles[0] ?? '');
  const app = Fastify();
  beforeAll(async () => {
    app.decorateRequest('target', { getter: () => splitTarget(`/${name}/`) });
    provider.prepare?.(app.withTypeProvider<TypeBoxTypeProvider>());
    app.addHook('onSend', async (request, _reply, payload) =>
      payload ? (provider.encodeJson?.(String(payload), request) ?? payload) : payload,
    );
    app.get('/', (request, reply) => {
      const thrown = Object.assign(new Error('words of Fastify'), { code: request.headers['x-code'], statusCode: 418 });
      return sendError(reply, toReply(provider.errors, thrown, request), provider.jsonMediaType);
    });
    await app.listen({ host: '127.0.0.1', port: 0 });
    return () => app.close();
  });

  test.each(allCodes.filter((code) => code !== invalid))('%s is answered in its words', async (code) => {
    const { status, headers, body } = await exchange(`http://127.0.0.1:${portOf(app.server)}/`, { headers: { 'x-code': code } });
    const answer = { status, mediaType: headers['content-type'], text: body.replaceAll(uuid, '…') };
    expect(answer).toEqual(worded(requestErrors.get(code)));
  });

  function worded(error: EmulatorError | undefined): FrameworkAnswer {
    const { request_malformed, ...plain } = target.worded;
    if (error?.code === 'request_malformed') return request_malformed(Object(error.detail).problem);
    return Object.entries(plain).find(([code]) => code === error?.code)?.[1] ?? plain.internal;
  }

  test.each(['TRACE', 'PROPFIND', 'QUERY', 'SEARCH', 'MKCOL', 'PATCH'])('%s, which no path has', async (method) => {
    expect(await send(`${method} ${target.get}`, [host])).toMatchObject(target.wrongMethod);
    expect(await send(`${method} /nowhere/x`, [host])).toMatchObject(target.unknownPath);
  });

  test('HEAD and OPTIONS', async () => {
    const [known, unknown] = target.options;
    expect(await send(`HEAD ${target.get}`, [host])).toMatchObject(target.head);
    expect(await send('HEAD /nowhere/x', [host])).toMatchObject({ status: target.unknownPath.status, text: '' });
    expect(await send(`OPTIONS ${target.get}`, [host])).toMatchObject(known);
    expect(await send('OPTIONS /nowhere/x', [host])).toMatchObject(unknown);
  });

  test.each([
    ['of no type', ['Content-Type: x', 'Content-Length: 1'], '{'],
    ['that is not JSON', [json, 'Content-Length: 1'], '{'],
    ['beyond every limit', [json, `Content-Length: ${2 ** 30}`], ''],
    ['of no length', [json, 'Transfer-Encoding: chunked'], '0\r\n\r\n'],
  ])('a body %s is not looked at on an unknown path', async (_, headers, body) => {
    for (const method of ['POST', 'QUERY', 'DELETE'])
      expect(await send(`${method} /nowhere/x`, [host, ...headers], body)).toMatchObject(target.unknownPath);
  });

  test('bodies that are not what is wanted', async () => {
    const { notJson, empty, xml, unreadableType, tooLarge } = target.bodies;
    expect(await withBody('{')).toMatchObject(notJson);
    expect(await withBody('')).toMatchObject(empty);
    expect(await withBody('{}', 'Content-Type: application/xml')).toMatchObject(xml);
    expect(await withBody('{}', 'Content-Type: x')).toMatchObject(unreadableType);
    if (tooLarge !== undefined) expect(await withBody(' '.repeat((1 << 20) + 1))).toMatchObject(tooLarge);
  });

  test('a body that comes in chunks, with trailers, or after 100-continue, is read like any other', async () => {
    const { notJson } = target.bodies;
    const chunked = '1\r\n{\r\n0\r\nX-Sum: 1\r\n\r\n';
    const trailed = [host, json, 'Transfer-Encoding: chunked', 'Trailer: X-Sum'];
    expect(await send(`POST ${target.post}`, trailed, chunked)).toMatchObject(notJson);
    expect(await send(`POST ${target.post}`, [host, json, 'Expect: 100-Continue', 'Content-Length: 1'], '{')).toMatchObject(
      notJson,
    );
  });

  test('any other expectation', async () => {
    for (const path of [target.get, '/nowhere/x'])
      expect(await send(`GET ${path}`, [host, 'Expect: x'])).toMatchObject(target.expectation(path));
  });

  test('a path that cannot be decoded, and a part of it that is very long', async () => {
    for (const part of ['%zz', '%ff%fe', '%', 'a'.repeat(15_000)])
      expect(await send(`GET /nowhere/${part}`, [host])).toMatchObject(target.unknownPath);
  });

  test('HTTP/1.0, and a wish to change the protocol, are answered over HTTP/1.1 like any other request', async () => {
    const { head: _, ...plain } = await send(`PATCH ${target.get}`, [host]);
    expect(await send(`PATCH ${target.get} HTTP/1.0`)).toMatchObject(plain);
    const upgrade = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'];
    expect(await send(`PATCH ${target.get}`, [host, ...upgrade])).toMatchObject(plain);
  });

  // They are no requests of any provider: HTTP itself is broken.
  test.each([
    ['without a Host', `GET ${target.get}`, []],
    ['with two of them', `GET ${target.get}`, [host, host]],
    ['of a method that HTTP does not know', `NOSUCH ${target.get}`, [host]],
    ['for a tunnel', `CONNECT ${target.get}`, [host]],
    ['of two lengths', `POST ${target.post}`, [host, 'Content-Length: 1', 'Content-Length: 2']],
    ['whose length is no number', `POST ${target.post}`, [host, 'Content-Length: x']],
    ['both sized and chunked', `POST ${target.post}`, [host, 'Content-Length: 1', 'Transfer-Encoding: chunked']],
    ['of an unknown encoding', `POST ${target.post}`, [host, 'Transfer-Encoding: gzip']],
    ['with a name of a header that is none', `GET ${target.get}`, [host, 'Bad Header: 1']],
    ['with a control character', `GET ${target.get}`, [host, 'X: a\u0001b']],
  ])('bytes %s are refused in plain text', async (_, line, headers) => {
    const { head, text } = await send(line, headers);
    const lines = [
      'HTTP/1.1 400 Bad Request',
      'content-type: text/plain; charset=utf-8',
      'content-length: 15',
      'connection: close',
    ];
    expect(head.toLowerCase()).toBe(lines.join('\r\n').toLowerCase());
    expect(text).toBe('400 Bad Request');
  });
});
