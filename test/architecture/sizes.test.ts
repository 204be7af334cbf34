import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { files, functions, linesOf, source } from './source.ts';

/** A function that adds routes is a table of them: it may be as long as it is. */
const isRouteTable = (name: string) => /^add\w*Routes$/.test(name);

test('no function has more than 40 lines, except tables of routes', () => {
  const long = functions.filter(({ name, lines }) => lines > 40 && !isRouteTable(name));
  expect(long.map(({ file, name, lines }) => `${file}: ${name} (${lines})`)).toEqual([]);
});

test('no file is longer than 300 lines', () => {
  expect(files.filter((file) => linesOf(file) > 300)).toEqual([]);
});

test('nine of ten are at most 200 lines, half of them at most 80', () => {
  const sorted = files.map(linesOf).toSorted((one, other) => one - other);
  expect(sorted[Math.floor(sorted.length * 0.9)]).toBeLessThanOrEqual(200);
  expect(sorted[Math.floor(sorted.length * 0.5)]).toBeLessThanOrEqual(80);
});

test('no folder has more than 30 entries', () => {
  const folders = new Set(files.map((file) => dirname(file)));
  expect([...folders].filter((folder) => readdirSync(join(source, folder)).length > 30)).toEqual([]);
});
