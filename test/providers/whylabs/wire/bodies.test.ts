import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../emulator.ts';
import { expectSilent, expectUnbound, expectUnreadable, system } from '../whylabs.ts';

const lk = emulatorForTests();
const path = '/v0/provision/new-user';
const json = { 'X-API-Key': system, 'Content-Type': 'application/json' };
const post = (body: string) => lk.request.post(path).set(json).send(body);
const complete = { email: 'new@example.com', orgName: 'n', modelName: 'm', subscriptionTier: 'FREE' };
const send = (more: object) => post(JSON.stringify({ ...complete, ...more }));

const type = 'ai.whylabs.songbird.v0.controllers.ProvisionNewUserRequest';
const where = '\n at [Source: UNKNOWN; byte offset: #UNKNOWN]';
const chain = (name: string) => `${where} (through reference chain: ${type}["${name}"])`;

describe('a body', () => {
  test.each(['', '  ', 'null'])('of %j counts as missing', async (body) => {
    expectUnbound(await post(body), path, 'request', 'Required Body [request] not specified');
  });

  test.each(['{', '{"email":}', 'email=x', '{"a":1}}', "{'a':1}"])('of %j is not JSON', async (body) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(answer.text).toBe(
      `{"message":"Bad Request","_links":{"self":{"href":"${path}","templated":false}},` +
        '"_embedded":{"errors":[{"message":"Invalid JSON: the body cannot be parsed"}]}}',
    );
  });

  test.each([
    ['[]', 'Array value (token `JsonToken.START_ARRAY`)'],
    ['"x"', 'String "x"'],
    ['5', 'Integer value (token `JsonToken.VALUE_NUMBER_INT`)'],
    ['1.5', 'Floating-point value (token `JsonToken.VALUE_NUMBER_FLOAT`)'],
    ['true', 'Boolean value (token `JsonToken.VALUE_TRUE`)'],
  ])('of %s is not an object', async (body, what) => {
    expectUnreadable(await post(body), path, `Cannot deserialize value of type \`${type}\` from ${what}${where}`);
  });

  test('may be a list of one element, and so may each of its fields', async () => {
    await post(JSON.stringify([{ ...complete, email: ['new@example.com'], expectExisting: [false] }])).expect(200);
  });

  test('without a content type is read as JSON', async () => {
    const text = JSON.stringify(complete);
    const status = await new Promise((resolve, reject) => {
      const headers = { 'X-API-Key': system, 'Content-Length': String(text.length) };
      const outgoing = request(`${lk.url}${path}`, { method: 'POST', headers }, (incoming) => {
        incoming.resume();
        resolve(incoming.statusCode);
      });
      outgoing.on('error', reject);
      outgoing.end(text);
    });
    expect(status).toBe(200);
  });

  test('may have unknown fields', async () => {
    await send({ more: { __proto__: 1 }, email2: null }).expect(200);
  });

  test('of a content type other than JSON matches no route, before the key is checked', async () => {
    const sent = (key: object) =>
      lk.request
        .post(path)
        .set({ 'Content-Type': 'text/plain', ...key })
        .send('{}');
    expectSilent(await sent({ 'X-API-Key': 'bad' }), 404);
    expectSilent(await sent({}), 401);
  });

  test('is not read before the key is accepted', async () => {
    const sent = (key: object) =>
      lk.request
        .post(path)
        .set({ 'Content-Type': 'application/json', ...key })
        .send('{');
    expectSilent(await sent({ 'X-API-Key': 'bad' }), 403);
    expectSilent(await sent({}), 401);
  });

  test('of more than 100 MB is refused by its Content-Length', async () => {
    const status = await new Promise((resolve, reject) => {
      const headers = { ...json, 'Content-Length': String((100 << 20) + 1) };
      const outgoing = request(`${lk.url}${path}`, { method: 'POST', headers }, (incoming) => {
        resolve(incoming.statusCode);
        outgoing.destroy();
      });
      outgoing.on('error', reject);
      outgoing.write('{');
    });
    expect(status).toBe(413);
  });
});

describe('a field', () => {
  test.each(['email', 'orgName', 'modelName', 'subscriptionTier'])(
    '%s counts as missing if it is absent or null',
    async (name) => {
      const missing =
        `Instantiation of [simple type, class ${type}] value failed for JSON property ${name} due to missing (therefore NULL) value ` +
        `for creator parameter ${name} which is a non-nullable type${chain(name)}`;
      for (const value of [undefined, null]) expectUnreadable(await send({ [name]: value }), path, missing);
    },
  );

  test('of a string also accepts numbers and booleans, and nothing else', async () => {
    const { body } = await send({ orgName: 5, modelName: true }).expect(200);
    const org = await lk.request.get(`/v0/organizations/${body.orgId}`).set('X-API-Key', system).expect(200);
    expect(org.body.name).toBe('5');
    const cause = `Cannot deserialize value of type \`java.lang.String\` from Object value (token \`JsonToken.START_OBJECT\`)`;
    expectUnreadable(await send({ orgName: {} }), path, `${cause}${chain('orgName')}`);
    const list = 'Cannot deserialize value of type `java.lang.String` from Array value (token `JsonToken.START_ARRAY`)';
    expectUnreadable(await send({ orgName: ['a', 'b'] }), path, `${list}${chain('orgName')}`);
  });

  test('of an enumeration accepts only its words, in upper case', async () => {
    const cause = (sent: string) =>
      `Cannot deserialize value of type \`ai.whylabs.songbird.v0.ddb.SubscriptionTier\` from String "${sent}": not one of the ` +
      'values accepted for Enum class: [FREE, PAID, AWS_MARKETPLACE, SUBSCRIPTION]';
    for (const sent of ['GOLD', 'free', '']) {
      expectUnreadable(await send({ subscriptionTier: sent }), path, `${cause(sent)}${chain('subscriptionTier')}`);
    }
  });

  test.each([true, 'true', 'True', 'TRUE', 1, -1])('of a boolean reads %j as true', async (expectExisting) => {
    const answer = await send({ expectExisting });
    expect(answer.body.message).toBe('Expected user to exist, but no matching users found.');
  });

  test.each([false, 'false', 'False', 'FALSE', 0])('of a boolean reads %j as false', async (expectExisting) => {
    expect((await send({ email: 'user@example.com', expectExisting })).body.message).toBe('Email already exists.');
  });

  test.each([null, ''])('of a boolean reads %j as null', async (expectExisting) => {
    await send({ email: 'user@example.com', expectExisting }).expect(200);
  });

  test.each([
    ['yes', 'String "yes": only "true" or "false" recognized'],
    [1.5, 'Floating-point value (token `JsonToken.VALUE_NUMBER_FLOAT`)'],
    [{}, 'Object value (token `JsonToken.START_OBJECT`)'],
  ])('of a boolean refuses %j', async (expectExisting, what) => {
    const cause = `Cannot deserialize value of type \`java.lang.Boolean\` from ${what}${chain('expectExisting')}`;
    expectUnreadable(await send({ expectExisting }), path, cause);
  });
});
