import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startLatchkey } from '../../src/library.ts';
import { runHere } from '../support/command-here.ts';
import { drivenLatchkey } from './driven.ts';

const driven = drivenLatchkey();

test('ca: prints the certificate that clients of https must trust, or writes it to a file', async () => {
  await using secure = await startLatchkey({ tls: 'self-signed' });
  const { ca } = await secure.tls();
  const env = { LATCHKEY_URL: secure.url };
  expect(await runHere(['ca'], { env })).toEqual({ status: 0, stdout: ca, stderr: '' });
  const file = join(driven.folder, 'ca.pem');
  expect((await runHere(['ca', file], { env })).stdout).toBe(`written to ${file}\n`);
  expect(readFileSync(file, 'utf8')).toBe(ca);
  expect((await runHere(['ca', '--out', file, '--json'], { env })).stdout).toBe(`${JSON.stringify({ file })}\n`);
  expect((await runHere(['ca', '--json'], { env })).stdout).toBe(`${JSON.stringify({ ca })}\n`);
  expect((await driven.run('ca')).stderr).toBe('latchkey: https is not served: start latchkey with --tls self-signed.\n');
});
