import fc from 'fast-check';
import type { MutantEvidence } from '../../../src/client/types.ts';
import type { JudgedMutant, ProveReport } from '../../../src/prove/report.ts';
import type { Demands } from '../../../src/prove/verdict.ts';
import { mutantNames } from '../../../src/provider/mutants.ts';
import { judged, reportOf } from './example.ts';

/** Pieces that end an element, a cell, a string or a line somewhere. */
const hostile = [
  ...[
    '<script>alert(1)</script>',
    '</td></tr></table>',
    ']]>',
    '<!--',
    '-->',
    '&amp;',
    '&',
    '"',
    "'",
    '|',
    '`',
    '\\',
    '</style>',
  ],
  ...[
    '\u0000',
    '\u001b[31m',
    '\n',
    '\r',
    '\t',
    '\u2028',
    '\ud800',
    '\udc00',
    '\u202e',
    '\u2066',
    '\ufffe',
    '\uffff',
    '\u{1f511}',
  ],
  ...['SURVIVED   a@b  c', 'killed     9: x', '| killed | 9 |', '<summary>killed: 9</summary>', '### survived: x', '- ', ' > '],
];
export const anyText = fc
  .array(fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 5 })
  .map((pieces) => pieces.join(''));
const orNull = (text: fc.Arbitrary<string>) => fc.option(text);

/** What must never be in a report: the value that is handed over holds it beside what its shape names. */
export const canary = 'EST5ecre7ca-nary-4000-8000-000000000000ARY';

const anyEvidence: fc.Arbitrary<MutantEvidence> = fc.record({
  request: orNull(anyText),
  mark: orNull(anyText),
  provider: fc.constantFrom('estuary', 'kps', 'whylabs', 'rockset'),
  operation: fc.constantFrom(null, 'GetOrganization'),
  method: fc.constantFrom(null, 'GET', 'DELETE'),
  path: orNull(anyText),
  key: fc.option(fc.record({ hint: anyText, name: orNull(anyText), secret: fc.constant(canary) })),
  truth: fc.record({ status: fc.constantFrom(200, 401, 403), code: fc.constantFrom(null, 'key_revoked') }),
  answered: fc.constantFrom(null, 200, 401),
  says: anyText,
  credential: fc.constant(canary),
} satisfies Record<keyof MutantEvidence | 'credential', unknown>);

const anyJudged: fc.Arbitrary<JudgedMutant> = fc
  .record({
    name: fc.constantFrom(...mutantNames),
    status: fc.constantFrom('killed', 'survived', 'untested', 'void', 'ignored', 'notApplicable'),
    provider: fc.oneof(fc.constantFrom('estuary', 'kps', 'whylabs', 'rockset', '__proto__'), anyText),
    says: anyText,
    reached: fc.nat(50),
    acted: fc.nat(50),
    ms: fc.nat(100_000),
    timedOut: fc.boolean(),
    evidence: fc.array(anyEvidence, { maxLength: 4 }),
    failedTests: fc.array(anyText, { maxLength: 3 }),
    advice: orNull(anyText),
    reason: orNull(anyText),
  })
  .map(({ name, status, ...more }) => ({ ...judged(name, status, more), secret: canary }));

/** Any report whose counts are those of its mutants, and which has each mutant of a provider once. */
export const anyReport: fc.Arbitrary<ProveReport> = fc
  .record({
    list: fc.uniqueArray(anyJudged, { selector: ({ id }) => id, maxLength: 12 }),
    version: anyText,
    command: fc.array(anyText, { maxLength: 3 }),
    baseline: fc.record({ ms: fc.nat(100_000), requests: fc.nat(1000), providers: fc.array(anyText, { maxLength: 2 }) }),
  })
  .map(({ list, ...more }) => reportOf(list, more));

export const anyDemands: fc.Arbitrary<Demands> = fc.record({
  failOn: fc.constantFrom('survived', 'untested', 'never'),
  minScore: fc.option(fc.nat(100)),
});
