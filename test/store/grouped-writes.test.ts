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

test('in memory a single write of a turn is a transaction, which ends with the turn', async () => {
  const { db, write, numbers } = tableOf([]);
  write(1);
  expect([db.inTransaction, numbers()]).toEqual([true, [1]]);
  await turn();
  expect([db.inTransaction, numbers()]).toEqual([false, [1]]);
});

test('turns with several writes are one transaction, which ends with the first turn that has fewer', async () => {
  const { db, write, numbers } = tableOf([]);
  for (const first of [1, 3, 5]) {
    write(first);
    write(first + 1);
    await turn();
    expect(db.inTransaction).toBe(true);
  }
  write(7);
  await turn();
  expect([db.inTransaction, numbers()]).toEqual([false, [1, 2, 3, 4, 5, 6, 7]]);
});

test('a transaction ends after 500 writes, whatever comes', async () => {
  const { db, write } = tableOf([]);
  const open: boolean[] = [];
  for (let n = 0; n < 1000; n += 1) {
    write(n);
    if (n % 100 !== 99) continue;
    await turn();
    open.push(db.inTransaction);
  }
  expect(open).toEqual([true, true, true, true, false, true, true, true, true, false]);
});

test('a transaction that is ended and begun again in one turn is ended as any other', async () => {
  const { db, access, write } = tableOf([]);
  write(1);
  access.settle();
  write(2);
  await turn();
  expect(db.inTransaction).toBe(false);
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
