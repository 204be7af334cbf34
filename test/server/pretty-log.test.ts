import pino from 'pino';
import { expect, test } from 'vitest';
import { prettyLog } from '../../src/server/pretty-log.ts';

function prettyLines(log: (logger: pino.Logger) => void, paint?: Parameters<typeof prettyLog>[1]): string[] {
  const lines: string[] = [];
  log(pino({ level: 'trace' }, prettyLog({ write: (text: string) => void lines.push(text) }, paint)));
  return lines.map((line) => line.replace(/\d\d:\d\d:\d\d/, 'TIME'));
}

test('found 3.11: pretty: the time, the level unless it is info, and the message', () => {
  const lines = prettyLines((logger) => {
    logger.info('ready');
    logger.warn({ world: 'w' }, 'slow');
    logger.error('failed');
  });
  expect(lines).toEqual(['TIME ready\n', 'TIME warn  slow\n', 'TIME error failed\n']);
});

test('found 3.11: pretty: an error with its stack', () => {
  const [line = ''] = prettyLines((logger) => logger.fatal({ err: new Error('broken') }, 'stopping'));
  expect(line).toMatch(/^TIME fatal stopping\nError: broken\n {4}at .+\n$/s);
});

test('pretty: colours are those of the terminal', () => {
  expect(
    prettyLines(
      (logger) => logger.error('x'),
      (colour, text) => `<${colour}>${text}</>`,
    ),
  ).toEqual(['<gray>TIME</> <red>error</> x\n']);
});
