import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand, serveCommand } from '../../support/command.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-seed-command-'));
  writeFileSync(
    join(folder, 'good.yaml'),
    'estuary:\n  users: [{username: carol}]\n  keys: [{owner: carol, secret: ESTcarolARY}]\n',
  );
  writeFileSync(join(folder, 'bad.yaml'), 'estuary:\n  keys:\n    - owner: nobody\nrocket: {}\n');
});
afterAll(() => rmSync(folder, { recursive: true }));
const badProblems = [
  'latchkey: bad.yaml:3: /estuary/keys/0/owner there is no user "nobody"',
  'latchkey: bad.yaml:4: /rocket is no provider: there are estuary, kps, rockset, whylabs',
];

describe('--seed', () => {
  test('starts with the file, and prints its credentials', async () => {
    const { url, announcement } = await serveCommand(['--seed', 'good.yaml', '--log-level', 'info'], { cwd: folder });
    expect(announcement).toMatch(/estuary +carol +ESTcarolARY/);
    await supertest(url).get('/viewer').set('Authorization', 'Bearer ESTcarolARY').expect(200);
  });

  test('none: starts with the first administrators alone', async () => {
    const { url } = await serveCommand([], { env: { LATCHKEY_SEED: 'none' } });
    const { body } = await supertest(url).get('/_latchkey/keys').expect(200);
    expect(body.total).toBe(4);
  });

  test('a file that cannot be used is refused before the start, each problem on a line', async () => {
    const { status, stdout, stderr } = await runCommand(['--seed', 'bad.yaml'], { cwd: folder });
    expect([status, stdout, stderr.trim().split('\n')]).toEqual([1, '', badProblems]);
  });

  test('is for a new database alone: one that is opened again stays as it is', async () => {
    const db = join(folder, 'keys.sqlite');
    const first = await serveCommand(['--seed', 'good.yaml', '--db', db], { cwd: folder });
    await supertest(first.url).delete('/user/api-keys/ESTcarolARY').set('Authorization', 'Bearer ESTcarolARY').expect(200);
    await first.stop();
    const second = await serveCommand(['--seed', 'good.yaml', '--db', db], { cwd: folder });
    await supertest(second.url).get('/viewer').set('Authorization', 'Bearer ESTcarolARY').expect(401);
  });
});
