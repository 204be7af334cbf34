import { setTimeout as wait } from 'node:timers/promises';
import { aimAt, byControlPlane, type Issued, pathOfAim, providerNames, type Way, ways } from './keys.ts';
import { type Answered, type Asked, oneOf, type Stage } from './stage.ts';

/** A key whose issue was answered. */
export interface Known {
  readonly name: string;
  readonly world: string;
  readonly way: Way;
  readonly issued: Issued;
}

/** All keys that were issued, the last one last. */
export class KnownKeys {
  readonly all: Known[] = [];
  #issued = 0;

  /** A name that no key has had. */
  nextName(): string {
    this.#issued += 1;
    return `key-${this.#issued}`;
  }
}

const worlds = ['', '/~one', '/~other'];
/** Among the last so many keys are those that are issued, used and revoked now. */
const recent = 12;
const retryMs = 50;

/** Issues keys, uses them at every replica, and revokes most of them: one after the other, each step at any replica. */
export async function own(stage: Stage, keys: KnownKeys): Promise<void> {
  while (!stage.isOver) {
    const key = await issue(stage, keys, oneOf(worlds), oneOf(ways));
    if (key === undefined) {
      await wait(retryMs);
      continue;
    }
    await askEverywhere(stage, key);
    await ask(stage, key, stage.anyReplica);
    if (Math.random() < 0.2) continue;
    await revoke(stage, key);
    await askEverywhere(stage, key);
    await wait(Math.random() * 20);
    await askEverywhere(stage, key);
  }
}

/** Uses keys that others own, mostly those that are about to change. */
export async function read(stage: Stage, keys: KnownKeys): Promise<void> {
  while (!stage.isOver) {
    const { all } = keys;
    if (all.length === 0) await wait(retryMs);
    else await ask(stage, oneOf(Math.random() < 0.8 ? all.slice(-recent) : all), stage.anyReplica);
  }
}

const clockStart = { now: '2030-01-01T00:00:00Z', frozen: true };
const clockOver = { now: '2030-01-01T02:00:00Z', frozen: true };

/** Moves the clock of a world of its own over the expiry of its keys and back. */
export async function moveClock(stage: Stage, keys: KnownKeys, mover: string): Promise<void> {
  // A move that was not answered may still happen at any time, so its world shows nothing any more.
  for (let n = 1; !stage.isOver; n++) await moveClockOf(stage, keys, `/~clock-${mover}-${n}`);
}

async function moveClockOf(stage: Stage, keys: KnownKeys, world: string): Promise<void> {
  if (!(await move(stage, world, false))) return;
  const ownKeys: Known[] = [];
  for (const provider of providerNames) {
    const key = await issue(stage, keys, world, byControlPlane(provider, '1h'), world);
    if (key !== undefined) ownKeys.push(key);
  }
  for (let isOver = true; !stage.isOver && ownKeys.length > 0; isOver = !isOver) {
    for (const key of ownKeys) await askEverywhere(stage, key);
    const reading = Promise.all(ownKeys.map((key) => ask(stage, key, stage.anyReplica)));
    const isMoved = await move(stage, world, isOver);
    if (isMoved) for (const key of ownKeys) await askEverywhere(stage, key);
    await reading;
    if (!isMoved) return;
    await wait(Math.random() * 20);
  }
}

async function move(stage: Stage, world: string, over: boolean): Promise<boolean> {
  const call = { method: 'PUT', path: `${world}/_latchkey/clock`, body: over ? clockOver : clockStart };
  const name = `the clock of ${world} moves ${over ? 'over the expiry' : 'before it'}`;
  const { outcome } = await stage.send({ about: 'move', clock: world, over }, stage.anyReplica, name, call);
  if (outcome !== 'done') await wait(retryMs);
  return outcome === 'done';
}

/** Adds faults that hit a few times, and sends more requests at once than they hit. */
export async function addFaults(stage: Stage): Promise<void> {
  for (let n = 1; !stage.isOver; n++) {
    const fault = `fault-${n}`;
    const [skip, times] = n % 3 === 0 ? [2, 3] : [0, 1];
    const match = { provider: 'rockset', path: pathOfAim(fault) };
    const body = { match, skip, times, ttl: '10m', effect: { respond: { status: 299, headers: {}, body: 'hit' } } };
    const call = { method: 'POST', path: '/~faults/_latchkey/faults', body };
    await stage.send({ about: 'fault', fault, skip, times }, stage.anyReplica, `${fault} is added`, call);
    const targets = [...stage.replicas, ...stage.replicas, ...stage.replicas];
    await Promise.all(
      targets.map((replica) =>
        stage.send({ about: 'shot', fault }, replica, `a request that ${fault} matches`, aimAt('/~faults', fault)),
      ),
    );
    await wait(retryMs);
  }
}

/** Asks every replica for every key, again while there is no definite answer: at most for so long. */
export async function askForAll(stage: Stage, { all }: KnownKeys, patienceMs: number): Promise<void> {
  const end = performance.now() + patienceMs;
  const lanes = stage.replicas.flatMap((replica) => {
    const remaining = all.values();
    // The lanes of a replica take from the same list, so none waits for another.
    return Array.from({ length: 16 }, async () => {
      for (const key of remaining)
        while (!isDefinite(await ask(stage, key, replica, true)) && performance.now() < end) await wait(retryMs);
    });
  });
  await Promise.all(lanes);
}

function isDefinite({ outcome }: Answered): boolean {
  return outcome === 'done' || outcome === 'refused';
}

async function issue(stage: Stage, keys: KnownKeys, world: string, way: Way, clock?: string): Promise<Known | undefined> {
  const name = keys.nextName();
  const subject = { about: 'issue', key: name, ...(clock !== undefined && { clock }) } as const;
  const text = `${name} is issued in ${world || 'the default world'} (${way.name})`;
  const { outcome, body } = await stage.send(subject, stage.anyReplica, text, way.issue(world, name));
  if (outcome !== 'done') return undefined;
  const key = { name, world, way, issued: way.read(body) };
  keys.all.push(key);
  return key;
}

/** Tries again until it is answered; whatever the others did then, it is done. */
async function revoke(stage: Stage, { name, world, way, issued }: Known): Promise<void> {
  while (!stage.isOver) {
    const call = way.revoke(world, name, issued);
    const answered = await stage.send({ about: 'revocation', key: name }, stage.anyReplica, `${name} is revoked`, call);
    if (isDefinite(answered)) return;
    await wait(retryMs);
  }
}

async function askEverywhere(stage: Stage, key: Known): Promise<void> {
  await Promise.all(stage.replicas.map((replica) => ask(stage, key, replica)));
}

function ask(stage: Stage, { name, world, way, issued }: Known, replica: Asked, isLast?: true): Promise<Answered> {
  const subject = { about: 'ask', key: name, ...(isLast && { isLast }) } as const;
  return stage.send(subject, replica, `${name} is used`, way.ask(world, issued));
}
