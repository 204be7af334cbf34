import { expect, test } from 'vitest';
import { rememberedView, rememberingTexts } from '../../src/http/remembered-views.ts';
import { keyOf } from '../store/key-of.ts';

test('a view is made once for a key, and again for the key as it was changed', () => {
  let made = 0;
  const view = rememberedView(({ name }) => ({ name, made: ++made }));
  const key = keyOf('k', { name: 'one' });
  expect(view(key, 0)).toBe(view(key, 5));
  expect(view({ ...key, name: 'two' }, 5)).toEqual({ name: 'two', made: 2 });
});

test('a view is made again once the state of its key is another at that instant, and back', () => {
  const view = rememberedView((key, now) => ({ isPast: key.expiresAt !== null && now > key.expiresAt }));
  const key = keyOf('k', { expiresAt: 1_000 });
  expect([1_000, 1_001, 1_000].map((now) => view(key, now).isPast)).toEqual([false, true, false]);
});

test('the text of a remembered view is made once by each serialiser, that of anything else every time', () => {
  let written = 0;
  const write = (data: unknown) => {
    written += 1;
    return JSON.stringify(data);
  };
  const [one, other] = [rememberingTexts(write), rememberingTexts((data) => `${write(data)}\n`)];
  const view = rememberedView(({ id }) => ({ id }))(keyOf('k'), 0);
  expect([one(view), one(view), other(view), other(view)]).toEqual(['{"id":"k"}', '{"id":"k"}', '{"id":"k"}\n', '{"id":"k"}\n']);
  expect(written).toBe(2);
  const plain = { id: 'k' };
  expect([one(plain), one(plain), one(null)]).toEqual(['{"id":"k"}', '{"id":"k"}', 'null']);
  expect(written).toBe(5);
});
