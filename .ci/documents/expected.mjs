// Reads the output that a block shows, and compares it with the real one.
import assert from 'node:assert/strict';

/** Cuts a `sh` block after each run of lines `# …` into commands and what they print. Throws if no command is above such a line. */
export function partsOf(code) {
  const parts = [];
  let [commands, expected] = [[], []];
  const cut = () => {
    assert.ok(commands.some((line) => line.trim() !== '') || expected.length === 0, `no command prints "${expected[0]}"`);
    if (commands.length > 0) parts.push({ commands: commands.join('\n'), expected });
    [commands, expected] = [[], []];
  };
  for (const line of code.trimEnd().split('\n')) {
    const [, text] = /^# (.*)$/.exec(line) ?? [];
    if (text === undefined && expected.length > 0) cut();
    if (text === undefined) commands.push(line);
    else expected.push(text);
  }
  cut();
  return parts;
}

/** Throws if the output does not end as expected, or contains an error that the page does not show. */
export function compareShell(printed, expected) {
  const end = expected.map((line) => (line === '…' ? '[^]*?' : patternOf(line, '[^\\n]*'))).join('\\n');
  const found = new RegExp(`${end}\\n?$`).exec(printed);
  assert.ok(found, `it should print\n${expected.join('\n')}\nand prints\n${printed}`);
  const rest = expected.length === 0 ? printed : printed.slice(0, found.index);
  assert.ok(!rest.includes('"error"'), `an answer is an error that the page does not show:\n${rest}`);
}

/** Throws if a `js` block does not print what the comments behind its `console.log` say. */
export function compareModule(code, printed) {
  const expected = [...code.matchAll(/console\.log\(.*\);? \/\/ (.*)$/gm)].map(([, text]) => text);
  assert.equal(expected.length, code.split('console.log').length - 1, 'a console.log does not say what it prints');
  const all = expected.map((text) => `${patternOf(text, '[^]*?')}\\n`).join('');
  assert.match(printed, new RegExp(`^${all}$`), `it should print\n${expected.join('\n')}\nand prints\n${printed}`);
}

/** The pattern of a text whose `…` stands for anything. */
function patternOf(text, anything) {
  const parts = text.split('…').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return parts.join(anything);
}
