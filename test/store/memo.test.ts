import { expect, test } from 'vitest';
import { Memo } from '../../src/store/memo.ts';

/** A memo over `answers`, and the questions that it had to ask. */
function asking<V>(answers: (question: string) => V) {
  const memo = new Memo<V>(5000);
  const asked: string[] = [];
  const recall = (question: string) =>
    memo.recall(question, () => {
      asked.push(question);
      return answers(question);
    });
  return { memo, asked, recall };
}

test('a question is asked once, and the answer is the same object', () => {
  const { asked, recall } = asking((question) => ({ question }));
  expect(recall('a')).toBe(recall('a'));
  expect(recall('b')).toEqual({ question: 'b' });
  expect(asked).toEqual(['a', 'b']);
});

test('asks again after it was made to forget', () => {
  const { memo, asked, recall } = asking((question) => question);
  recall('a');
  memo.forget();
  recall('a');
  expect(asked).toEqual(['a', 'a']);
});

test('an answer of undefined is not remembered', () => {
  const { asked, recall } = asking(() => undefined);
  recall('a');
  recall('a');
  expect(asked).toEqual(['a', 'a']);
});

test('an error is not remembered', () => {
  const { asked, recall } = asking(() => {
    throw new Error('unreadable');
  });
  expect(() => recall('a')).toThrow('unreadable');
  expect(() => recall('a')).toThrow('unreadable');
  expect(asked).toEqual(['a', 'a']);
});

test('it never holds more than 5,000 rows, nor a list of 200', () => {
  const { asked, recall } = asking((question) => Array.from({ length: Number(question.split(' ')[0]) }, () => question));
  recall('200 rows');
  recall('200 rows');
  expect(asked.splice(0)).toHaveLength(2);
  for (let index = 0; index < 50; index++) recall(`99 rows, list ${index}`);
  recall('99 rows, list 0');
  expect(asked).toHaveLength(50);
  recall('99 rows, list 50');
  recall('99 rows, list 0');
  expect(asked).toHaveLength(52);
});

test('forgets what a write was about, and no other answer', () => {
  const { memo, asked, recall } = asking((question) => ({ id: question.slice(-1) }));
  for (const question of ['id a', 'name a', 'id b']) recall(question);
  memo.forgetThose(({ id }) => id === 'a');
  for (const question of ['id a', 'name a', 'id b']) recall(question);
  expect(asked).toEqual(['id a', 'name a', 'id b', 'id a', 'name a']);
});
