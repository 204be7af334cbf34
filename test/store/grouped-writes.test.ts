import { setImmediate as turn } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { Access } from '../../src/store/access.ts';

function tableOf(files: readonly string[]) {
  const db = new Database(':memory:');
  db.exec('CREATE TABLE t (n INTEGER PRIMARY KEY)');
  const insert = db.prepare<[number]>('INSERT INTO t VALUES (?)');
  const access = new Access(db, files);
  const numbers = () => db.prepare<[], number>('SELECT n FROM t ORDER BY n').pluck().all();
  return { db, access, numbers, write: (n: number) => access.write(() => insert.run(n)) };
}

test('in memory the writes of one turn are one transaction, which ends with the turn', async () => {
  const { db, write, numbers } = tableOf([]);
  write(1);
  write(2);
  expect([db.inTransaction, numbers()]).toEqual([true, [1, 2]]);
  await turn();
  expect([db.inTransaction, numbers()]).toEqual([false, [1, 2]]);
});

test('a write that fails is undone alone: those before and after it in the turn stay', async () => {
  const { db, access, write, numbers } = tableOf([]);
  write(1);
  expect(() => write(1)).toThrow('did not take');
  const failing = db.transaction(() => {
    db.exec('INSERT INTO t VALUES (8), (9)');
    throw new Error('undo');
  });
  expect(() => access.write(() => failing())).toThrow();
  write(2);
  await turn();
  expect(numbers()).toEqual([1, 2]);
});

test('who works alone, and who copies the database, find no transaction', async () => {
  const { db, access, write, numbers } = tableOf([]);
  write(1);
  await access.alone(async () => {
    expect(db.inTransaction).toBe(false);
    db.exec('BEGIN IMMEDIATE; INSERT INTO t VALUES (2); COMMIT');
  });
  write(3);
  access.settle();
  expect([db.inTransaction, numbers()]).toEqual([false, [1, 2, 3]]);
  write(4);
  db.close();
  await turn();
});

test('in a file each write is committed before it is answered', () => {
  const { db, write } = tableOf([import.meta.filename]);
  write(1);
  expect(db.inTransaction).toBe(false);
});
