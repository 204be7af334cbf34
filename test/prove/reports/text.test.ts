import { expect, test } from 'vitest';
import { textOf } from '../../../src/prove/reports/text.ts';
import { accepted, example, judged, reportOf, usual } from './example.ts';

test('a colour is given to what asks for a look, and changes nothing else', () => {
  const painted = textOf(example, usual, (colour, text) => `<${colour}>${text}</${colour}>`);
  expect(painted.replaceAll(/<\/?\w+>/g, '')).toBe(textOf(example, usual));
  expect(painted.match(/<red>.*?<\/red>/g)).toEqual([
    '<red>SURVIVED   </red>',
    '<red>SURVIVED   </red>',
    '<red>2 survived, 1 void: status 2</red>',
  ]);
});

test('with several providers the killed are named with theirs, and a share is never rounded to all', () => {
  const kept = Array.from({ length: 299 }, () => judged('accept-expired', 'killed', { provider: 'kps' }));
  const report = reportOf([...kept, judged('accept-revoked', 'untested')]);
  const lines = textOf(report, usual).split('\n');
  expect(lines.find((line) => line.startsWith('killed'))).toContain('299: accept-expired@kps, accept-expired@kps');
  expect(lines.at(-2)).toBe('score 99 % (299 of 300), of the tested 100 % (299 of 299); none survived: status 0');
});

test('a decision for latchkey itself, without a key, or without another answer', () => {
  const asked = { ...accepted, method: null, path: null, answered: null, key: null, mark: null, says: '' };
  const refused = { ...asked, truth: { status: 200, code: null }, key: { hint: 'Qz81kd', name: null } };
  const report = reportOf([judged('expire-early', 'survived', { acted: 2, evidence: [asked, refused] })]);
  expect(textOf(report, usual).split('\n').slice(1, -2)).toEqual([
    'SURVIVED   expire-early@rockset  a key is refused at its last instant',
    '             latchkey itself was asked: 401 key_revoked → accepted',
    '             latchkey itself was asked about Qz81kd…: 200 → refused',
  ]);
});

test('a run that called one thing, or nothing', () => {
  const first = (requests: number, providers: readonly string[]) =>
    textOf(reportOf([], { baseline: { ms: 40, requests, providers } }), usual).split('\n');
  expect(first(1, ['kps'])).toEqual([
    'baseline   green in 0.0 s, 1 request; called: kps',
    'score none (0 of 0), of the tested none (0 of 0); nothing was tested: status 1',
    '',
  ]);
  expect(first(0, [])[0]).toBe('baseline   green in 0.0 s, 0 requests; called: none');
});
