import { join } from 'node:path';
import supertest from 'supertest';
import { describe, expect, test } from 'vitest';
import { runCommand, serveCommand } from '../../support/command.ts';
import { badProblems, seedFiles } from '../seed-files.ts';

const files = seedFiles();

describe('--seed', () => {
  test('starts with the file, and prints its credentials', async () => {
    const { url, announcement } = await serveCommand(['--seed', 'good.yaml', '--log-level', 'info'], { cwd: files.folder });
    expect(announcement).toMatch(/estuary +carol +ESTcarolARY/);
    await supertest(url).get('/viewer').set('Authorization', 'Bearer ESTcarolARY').expect(200);
  });

  test('none: starts with only the first administrators', async () => {
    const { url } = await serveCommand([], { env: { LATCHKEY_SEED: 'none' } });
    const { body } = await supertest(url).get('/_latchkey/keys').expect(200);
    expect(body.total).toBe(4);
  });

  test('a file that cannot be used is refused before the start, each problem on a line', async () => {
    const { status, stdout, stderr } = await runCommand(['--seed', 'bad.yaml'], { cwd: files.folder });
    expect([status, stdout, stderr]).toEqual([1, '', badProblems.map((problem) => `latchkey: ${problem}\n`).join('')]);
  });

  test('applies only to a new database: one that is opened again stays as it is', async () => {
    const db = join(files.folder, 'keys.sqlite');
    const first = await serveCommand(['--seed', 'good.yaml', '--db', db], { cwd: files.folder });
    await supertest(first.url).delete('/user/api-keys/ESTcarolARY').set('Authorization', 'Bearer ESTcarolARY').expect(200);
    await first.stop();
    const second = await serveCommand(['--seed', 'good.yaml', '--db', db], { cwd: files.folder });
    await supertest(second.url).get('/viewer').set('Authorization', 'Bearer ESTcarolARY').expect(401);
  });
});
