import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mutationOf } from '../../../src/prove/reports/mutation.ts';
import { anyDemands, anyReport } from './any-report.ts';
import { example, judged, reportOf, usual } from './example.ts';

const schemaFile = createRequire(import.meta.url).resolve('mutation-testing-report-schema/mutation-testing-report-schema.json');
// The address of a homepage is all that has a format, and it is not ours.
const validate = new Ajv({ validateFormats: false }).compile(JSON.parse(readFileSync(schemaFile, 'utf8')));

interface Read {
  readonly thresholds: { readonly high: number; readonly low: number };
  readonly files: Readonly<
    Record<
      string,
      {
        readonly source: string;
        readonly mutants: readonly {
          readonly id: string;
          readonly location: { readonly start: Place; readonly end: Place };
          readonly coveredBy: readonly string[];
          readonly killedBy: readonly string[];
        }[];
      }
    >
  >;
  readonly testFiles: Readonly<Record<string, { readonly tests: readonly { readonly id: string; readonly name: string }[] }>>;
}

interface Place {
  readonly line: number;
  readonly column: number;
}

const read = (text: string): Read => JSON.parse(text);

test('it holds to the schema of mutation-testing-elements', () => {
  fc.assert(
    fc.property(anyReport, anyDemands, (report, demands) => {
      validate(JSON.parse(mutationOf(report, demands)));
      expect(validate.errors).toBeNull();
    }),
  );
  expect(validate({ schemaVersion: '2.0', thresholds: { high: 1, low: 1 }, files: { a: {} } })).toBe(false);
});

test('each mutant replaces a line of its provider, and names tests that are there', () => {
  fc.assert(
    fc.property(anyReport, anyDemands, (report, demands) => {
      const { files, testFiles } = read(mutationOf(report, demands));
      const ids = new Set(Object.values(testFiles).flatMap(({ tests }) => tests.map(({ id }) => id)));
      for (const { source, mutants } of Object.values(files)) {
        const lines = source.split('\n');
        expect(lines).toHaveLength(mutants.length + 1);
        for (const { location, coveredBy, killedBy } of mutants) {
          expect(location.end).toEqual({ line: location.start.line, column: (lines[location.start.line - 1]?.length ?? 0) + 1 });
          expect([...coveredBy, ...killedBy].filter((id) => !ids.has(id))).toEqual([]);
        }
      }
      expect(Object.keys(files).length).toBe(new Set(report.mutants.map(({ provider }) => provider)).size);
    }),
  );
});

test('the sentence is what is right, and a test belongs to its file', () => {
  const { files, testFiles } = read(mutationOf(example, usual));
  expect(files['rockset/refusals.md']?.source.split('\n').slice(0, 2)).toEqual([
    'An expired key is refused.',
    'A revoked key is refused.',
  ]);
  expect(testFiles).toEqual({
    'weak.test.mjs': {
      tests: [
        { id: '1', name: 'a revoked key fails' },
        { id: '3', name: 'rotation gives another secret' },
      ],
    },
    'roles.test.mjs': { tests: [{ id: '2', name: 'a reader may not invite' }] },
  });
  expect(files['rockset/refusals.md']?.mutants.filter(({ killedBy }) => killedBy.length > 0)).toMatchObject([
    { id: 'ignore-role@rockset', killedBy: ['2'] },
  ]);
});

test('a mutant that is not in the list has a sentence too', () => {
  const other = { ...judged('accept-revoked', 'survived'), mutant: 'constructor', says: 'all is\nlost' };
  expect(read(mutationOf(reportOf([other]), usual)).files['rockset/refusals.md']?.source).toBe('It is wrong that all is lost.\n');
});

test('a score that is demanded is where the viewer turns red', () => {
  const thresholds = (minScore: number | null) => read(mutationOf(example, { ...usual, minScore })).thresholds;
  expect(thresholds(null)).toEqual({ high: 80, low: 60 });
  expect(thresholds(70.5)).toEqual({ high: 80, low: 71 });
  expect(thresholds(95)).toEqual({ high: 95, low: 95 });
});
