import { describe, expect, test } from 'vitest';
import { goOn } from '../../src/core/at-once.ts';

const double = (value: number) => value * 2;
const broken = () => {
  throw new Error('broken');
};

describe('with a value that is there', () => {
  test('the next step is done in the same call', () => {
    expect(goOn(21, double)).toBe(42);
    expect(goOn(goOn(1, double), double)).toBe(4);
  });

  test('what the next step throws is thrown at once, and is no failure of the value', () => {
    expect(() => goOn(1, broken, () => 0)).toThrow('broken');
  });

  test('a next step that has to wait gives its promise', async () => {
    const answer = goOn(1, async () => 'later');
    expect(answer).toBeInstanceOf(Promise);
    expect(await answer).toBe('later');
  });
});

describe('with a promise', () => {
  test('the next step is done once the value comes', async () => {
    const answer = goOn(Promise.resolve(21), double);
    expect(answer).toBeInstanceOf(Promise);
    expect(await answer).toBe(42);
  });

  test('a rejection is handed to `failed`, or else passes through', async () => {
    const rejected = () => Promise.reject<number>(new Error('no'));
    expect(await goOn(rejected(), broken, ({ message }) => message)).toBe('no');
    await expect(goOn(rejected(), double)).rejects.toThrow('no');
  });

  test('what the next step throws is a rejection', async () => {
    await expect(goOn(Promise.resolve(1), broken, () => 'caught')).rejects.toThrow('broken');
  });
});
