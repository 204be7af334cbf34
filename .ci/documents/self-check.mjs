// Before it runs the real pages, the runner proves that it does not let wrong pages pass: it has to refuse each of these.
import assert from 'node:assert/strict';
import { compareModule, compareShell, partsOf } from './expected.mjs';

const moments = {
  'another output': () => compareShell('hello\n', ['hullo']),
  'output after the expected end': () => compareShell('hello\nworld\n', ['hello']),
  'lines in another order': () => compareShell('b\na\n', ['a', 'b']),
  'a `…` that would have to stand for a line': () => compareShell('a\nx\nb\n', ['a…b']),
  'an error that is not shown': () => compareShell('{"error":{}}', []),
  'an error before what is shown': () => compareShell('{"error":{}}\nhello\n', ['hello']),
  'an expectation above all commands': () => partsOf('# hello\necho hello\n'),
  'a console.log without its value': () => compareModule('console.log(1);\n', '1\n'),
  'another value': () => compareModule('console.log(1); // 2\n', '1\n'),
  'a value too many': () => compareModule('console.log(1); // 1\n', '1\n1\n'),
};

/** Throws if one of them passes, or if a right page does not. */
export function checkSelf() {
  for (const [name, moment] of Object.entries(moments)) assert.throws(moment, `${name} passes`);
  compareShell('a\nx\ny\nb 12\n', ['a', '…', 'b …']);
  compareModule('console.log(1); // 1\nconsole.log({ a }); // {…}\n', '1\n{\n  a: 1\n}\n');
  assert.deepEqual(partsOf('a\n# 1\nb\nc\n'), [
    { commands: 'a', expected: ['1'] },
    { commands: 'b\nc', expected: [] },
  ]);
}
