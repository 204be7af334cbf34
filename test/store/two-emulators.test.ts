import { afterEach, expect, test } from 'vitest';
import { DatabaseError } from '../../src/core/world-store.ts';
import { alice, bearer } from '../providers/estuary/estuary.ts';
import { startTestEmulator, type TestEmulator } from '../support/emulator.ts';
import { scratchFolder } from './scratch-folder.ts';

const pathOf = scratchFolder();
const running: TestEmulator[] = [];
afterEach(() => Promise.all(running.splice(0).map((emulator) => emulator.close())));

async function start(db: string): Promise<TestEmulator> {
  const emulator = await startTestEmulator({ db });
  running.push(emulator);
  return emulator;
}

/** Issues a key of Alice's, and gives the credential that presents it. */
async function issue({ request }: TestEmulator): Promise<string> {
  const { body } = await request.post('/user/api-keys').set('Authorization', alice).expect(200);
  return bearer(body.token);
}

const use = ({ request }: TestEmulator, credential: string) => request.get('/viewer').set('Authorization', credential);

async function revokeAlice({ request }: TestEmulator): Promise<void> {
  await request
    .delete(`/user/api-keys/${alice.slice('Bearer '.length)}`)
    .set('Authorization', alice)
    .expect(200);
}

test('a file can be passed on to another emulator: keys are accepted, revoked ones are not, and nothing is seeded again', async () => {
  const db = pathOf('handed-on.sqlite');
  const first = await start(db);
  const issued = await issue(first);
  await revokeAlice(first);
  const keys = await first.world.store.keys.find({});
  await Promise.all(running.splice(0).map((emulator) => emulator.close()));

  const second = await start(db);
  expect(await second.world.store.keys.find({})).toEqual(keys);
  await use(second, issued).expect(200);
  await use(second, alice).expect(401);
});

test('two emulators in one process, each with its own file, share nothing', async () => {
  const [one, two] = [await start(pathOf('one.sqlite')), await start(pathOf('two.sqlite'))];
  const issued = await issue(one);
  await use(one, issued).expect(200);
  await use(two, issued).expect(401);
  await revokeAlice(one);
  await use(one, alice).expect(401);
  await use(two, alice).expect(200);
  one.world.clock.advance(40 * 24 * 3_600_000);
  await use(one, issued).expect(401);
  await issue(two);
});

test('a second emulator on the file of a running one is refused, and the first is not disturbed', async () => {
  const db = pathOf('wanted-twice.sqlite');
  const first = await start(db);
  await expect(start(db)).rejects.toThrow(new DatabaseError(`cannot use the database ${db}: another process is using it`));
  await use(first, await issue(first)).expect(200);
});
