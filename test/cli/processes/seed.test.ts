import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import supertest from 'supertest';
import { describe, expect, test } from 'vitest';
import { connect } from '../../../src/library.ts';
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

describe('found 3.13: the seed file is read again', () => {
  const carol = 'estuary:\n  users: [{username: carol}]\n  keys: [{owner: carol, secret: ESTcarolARY}]\n';
  const dave = 'estuary:\n  users: [{username: dave}]\n  keys: [{owner: dave, secret: ESTdaveARY}]\n';
  const viewer = async (url: string, secret: string) =>
    (await supertest(url).get('/viewer').set('Authorization', `Bearer ${secret}`)).status;

  /** Starts with carol's file, and returns how to wait until the world was reset. */
  async function started(...flags: readonly string[]) {
    const file = join(files.folder, 'changing.yaml');
    writeFileSync(file, carol);
    const serving = await serveCommand(['--seed', 'changing.yaml', ...flags], { cwd: files.folder });
    const lk = await connect(serving.url);
    const events = lk.events({ types: ['reset'] });
    await events.listening;
    const resets = events[Symbol.asyncIterator]();
    return { ...serving, file, lk, reset: () => resets.next() };
  }

  test('on SIGHUP: worlds without a seed of their own are reset to it', async () => {
    const { url, file, lk, child, reset } = await started();
    await lk.createWorld('own', { estuary: { users: [{ username: 'erin' }], keys: [{ owner: 'erin', secret: 'ESTerinARY' }] } });
    expect(await viewer(`${url}/~w1`, 'ESTcarolARY')).toBe(200);
    writeFileSync(file, dave);
    child.kill('SIGHUP');
    await reset();
    for (const [base, secret, status] of [
      [url, 'ESTdaveARY', 200],
      [url, 'ESTcarolARY', 401],
      [`${url}/~w1`, 'ESTdaveARY', 200],
      [`${url}/~w2`, 'ESTdaveARY', 200],
      [`${url}/~own`, 'ESTerinARY', 200],
      [`${url}/~own`, 'ESTdaveARY', 401],
    ] as const)
      expect([base, secret, await viewer(base, secret)]).toEqual([base, secret, status]);
    await supertest(url).post('/_latchkey/reset').send({ to: 'seed' }).expect(200);
    expect(await viewer(url, 'ESTdaveARY')).toBe(200);
  });

  test('--watch: whenever the file changes; one with a problem changes nothing and is reported', async () => {
    const { url, file, child, stop, reset } = await started('--watch');
    const logged = once(child.stderr, 'data');
    writeFileSync(file, 'estuary:\n  keys: [{owner: nobody}]\n');
    expect(String(await logged)).toContain('the seed stays as it was: changing.yaml:2: /estuary/keys/0/owner there is no user');
    expect(await viewer(url, 'ESTcarolARY')).toBe(200);
    rmSync(file);
    writeFileSync(file, dave);
    await reset();
    expect([await viewer(url, 'ESTdaveARY'), await viewer(url, 'ESTcarolARY')]).toEqual([200, 401]);
    expect((await stop()).status).toBe(0);
  });

  test('SIGHUP stops a server without a seed file', async () => {
    const { stop } = await serveCommand([]);
    expect((await stop('SIGHUP')).status).toBe(0);
  });
});
