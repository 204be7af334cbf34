import { parseDurationMs } from '../../formats/duration.ts';
import type { Option, Options } from '../arguments/options.ts';

const text = { type: 'string', minLength: 1 } as const;

/** The options of `latchkey prove`, besides the settings of its latchkeys. */
export const proveOptions = {
  mutants: { ...text, default: 'default', description: 'what the providers do wrong: default, all, or names, comma-separated' },
  only: { ...text, description: 'providers that do it, comma-separated (default: those that the command calls)' },
  exclude: { ...text, description: 'NAME[@PROVIDER]=REASON: not tried, for this reason; repeatable' },
  'fail-on': {
    type: 'string',
    enum: ['survived', 'untested', 'never'],
    default: 'survived',
    description: 'what status 2 is for; untested: what survived, too',
  },
  'min-score': {
    ...text,
    description: 'lowest score of all, in per cent; below it: status 2',
    problemOf: (value) => (isNumber(value, 0, 100) ? undefined : `must be a number from 0 to 100, not ${JSON.stringify(value)}`),
  },
  results: { ...text, description: 'pattern of the JUnit files that the command writes, to name the tests that failed' },
  jobs: { type: 'integer', minimum: 1, maximum: 64, default: 1, description: 'how many runs at a time' },
  'timeout-factor': {
    ...text,
    default: '1.5',
    description: 'how many times as long as the first run another may take',
    problemOf: (value) =>
      isNumber(value, 1, 1000) ? undefined : `must be a number from 1 to 1000, not ${JSON.stringify(value)}`,
  },
  'timeout-extra': {
    ...text,
    default: '5s',
    description: 'and how much longer',
    problemOf: (value) =>
      (parseDurationMs(value) ?? -1) >= 0 ? undefined : `must be a duration such as 5s, not ${JSON.stringify(value)}`,
  },
  'dry-run': { type: 'boolean', default: false, description: 'run the command once, and say what would be tried' },
  list: { type: 'boolean', default: false, description: 'list the mutants, and run nothing' },
  report: { ...text, description: 'folder to write prove.json, .xml (JUnit), .html and .md to' },
  json: { type: 'boolean', default: false, description: 'print JSON' },
} as const satisfies Options;

/** Settings of `serve` that do not go with it, and why. */
export const refused: Readonly<Record<string, Option & { readonly why: string }>> = {
  db: { ...text, description: '', why: '--db does not go with prove: each run has a latchkey of its own, in memory' },
  mutant: { ...text, description: '', why: '--mutant does not go with prove, which sets each in turn: use --mutants' },
};

function isNumber(value: string, least: number, most: number): boolean {
  return /^\d+(\.\d+)?$/.test(value) && Number(value) >= least && Number(value) <= most;
}
