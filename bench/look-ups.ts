import { draftKey } from '../src/core/key-service.ts';
import { hashSecret } from '../src/core/secret.ts';
import { migrationsFolder } from '../src/package.ts';
import { SqliteWorldStore } from '../src/store/sqlite-world-store.ts';

const provider = 'bench';

/** Microseconds of processor time of one authenticated look-up (hash, read, stamp) for each number of keys, and the ratio to the first. */
export async function measureLookUps(sizes: readonly number[], lookUps: number): Promise<Record<string, object>> {
  const rows: [string, object][] = [];
  let base = Number.NaN;
  for (const size of sizes) {
    const us = await lookUpUs(size, lookUps);
    if (rows.length === 0) base = us;
    rows.push([size.toLocaleString('en'), { 'us each': Number(us.toFixed(2)), 'of the first': Number((us / base).toFixed(2)) }]);
  }
  return Object.fromEntries(rows);
}

async function lookUpUs(size: number, lookUps: number): Promise<number> {
  const store = new SqliteWorldStore(':memory:', migrationsFolder);
  const keys = Array.from({ length: size }, (_, index) => {
    const draft = { tenant: 'bench', owner: `owner-${index % 1000}`, secret: `secret-${index}`, hint: 'secret' };
    return { key: draftKey(provider, draft, 0), keptSecret: null };
  });
  store.seed([{ provider, keys, resources: [] }], 0, false);
  const secretAt = (turn: number) => `secret-${(turn * 7919) % size}`;
  const use = (turn: number) => store.keys.use(provider, hashSecret(secretAt(turn)), () => turn);
  for (let turn = 0; turn < lookUps / 10; turn++) await use(turn);
  const before = process.threadCpuUsage();
  for (let turn = 0; turn < lookUps; turn++) await use(turn);
  const used = process.threadCpuUsage(before);
  const us = (used.user + used.system) / lookUps;
  store.close();
  return us;
}
