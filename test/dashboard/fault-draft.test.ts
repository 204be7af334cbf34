import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../src/client/types.ts';
import {
  type Draft,
  draftIn,
  firstDraft,
  matchInWords,
  problemsByPlace,
  textOf,
  withEffect,
  withEffectValue,
  withMatch,
  withTimes,
  withTtl,
} from '../../src/dashboard/screens/faults/draft.ts';
import { choiceOf, effectChoices, effectInWords, errorCodes } from '../../src/dashboard/screens/faults/effects.ts';
import { effects } from '../../src/faults/effects/index.ts';
import { emulatorForTests } from '../support/emulator.ts';

const emulator = emulatorForTests();

describe('the form of a new fault and the JSON beside it', () => {
  test('the text of a draft holds the draft', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string().filter((name) => name !== '__proto__'),
          fc.jsonValue(),
        ),
        (draft) => {
          expect(draftIn(textOf(draft))).toEqual(JSON.parse(JSON.stringify(draft)));
        },
      ),
    );
  });

  test.each(['', '{', '[]', '"status"', '7', 'null', 'true'])('%j holds none', (text) => {
    expect(draftIn(text)).toBeUndefined();
  });

  const match = { provider: 'rockset', operation: 'listApiKeys', path: '/v1/*' };
  test.each<[string, Draft, Draft]>([
    ['a provider', withMatch({}, 'provider', 'kps'), { match: { provider: 'kps' } }],
    [
      'another provider, whose operations are others',
      withMatch({ match }, 'provider', 'kps'),
      { match: { provider: 'kps', path: '/v1/*' } },
    ],
    ['no provider', withMatch({ match: { provider: 'kps' } }, 'provider', ''), {}],
    ['an operation', withMatch({ match }, 'operation', 'ping'), { match: { ...match, operation: 'ping' } }],
    ['no operation', withMatch({ match }, 'operation', ''), { match: { provider: 'rockset', path: '/v1/*' } }],
    [
      'an effect',
      withEffect({ effect: { status: 429, retryAfter: 2 }, skip: 1 }, 'reset', ''),
      { effect: { reset: true }, skip: 1 },
    ],
    [
      'another value: what the form does not know stays',
      withEffectValue({ effect: { status: 429, retryAfter: 2 } }, 'status', '503'),
      { effect: { status: 503, retryAfter: 2 } },
    ],
    [
      'another status of an answer: its body stays',
      withEffectValue({ effect: { respond: { status: 200, body: [] } } }, 'respond', '201'),
      { effect: { respond: { status: 201, body: [] } } },
    ],
    ['a number of hits', withTimes({ times: 1 }, '3'), { times: 3 }],
    ['every hit', withTimes({ times: 1 }, ' '), { times: null }],
    ['what is no number: latchkey says so', withTimes({ times: 1 }, 'x'), { times: 'x' }],
    ['a time to live', withTtl(firstDraft, '5m'), { ...firstDraft, ttl: '5m' }],
  ])('%s', (_what, draft, expected) => {
    expect(draft).toEqual(expected);
  });

  test('each way of failing is read as it was written', () => {
    for (const { kind, field, effectOf } of effectChoices) {
      const shown = choiceOf(effectOf(field?.initial ?? ''));
      expect([shown?.choice.kind, shown?.value]).toEqual([kind, field?.initial ?? '']);
    }
  });

  test('every effect has a button, except what goes with another', () => {
    const offered = new Set(effectChoices.flatMap(({ field, effectOf }) => Object.keys(effectOf(field?.initial ?? ''))));
    const known = effects.flatMap(({ properties }) => Object.keys(properties));
    expect(known.filter((name) => !offered.has(name))).toEqual(['retryAfter']);
  });

  test('every error of the core is offered', () => {
    // The type of the list says that it holds nothing else; this one, that it holds each.
    const missing: Exclude<ErrorCode, (typeof errorCodes)[number]> extends never ? true : never = true;
    expect(missing).toBe(true);
    expect(new Set(errorCodes).size).toBe(errorCodes.length);
  });

  test('what the form writes, latchkey takes', async () => {
    for (const { kind, field } of effectChoices) {
      const { body } = await emulator.request.post('/_latchkey/faults').send(withEffect(firstDraft, kind, field?.initial ?? ''));
      expect([kind, body.error]).toEqual([kind, undefined]);
    }
  });

  test('problems are told at the field that they are about', () => {
    const at = (path: string) => Object.keys(problemsByPlace([{ path, problem: 'is wrong' }]));
    expect(
      ['/match/provider', '/match/operation', '/match/path', '/effect/status', '/times', '/ttl', '/skip', ''].map(at),
    ).toEqual([['provider'], ['operation'], ['form'], ['effect'], ['times'], ['ttl'], ['form'], ['form']]);
    const two = problemsByPlace([
      { path: '/effect/a', problem: 'one' },
      { path: '/effect/b', problem: 'two' },
    ]);
    expect(two).toEqual({ effect: 'one; two' });
  });
});

test('a fault in words', () => {
  expect(effectInWords({ status: 429, retryAfter: 2 })).toBe('status 429, retryAfter 2');
  expect(effectInWords({ reset: true, delay: '2s' })).toBe('reset, delay 2s');
  expect(effectInWords({ propagation: { revoke: '10s' } })).toBe('propagation {"revoke":"10s"}');
  expect(effectInWords({})).toBe('–');
  expect(matchInWords({})).toBe('every request');
  expect(matchInWords({ provider: 'rockset', operation: 'ping', method: 'GET', credential: '…' })).toBe(
    'rockset, ping, method GET, credential …',
  );
});
