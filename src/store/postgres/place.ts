import { randomUUID } from 'node:crypto';
import type { Instant } from '../../clock.ts';
import type { ApiKey } from '../../core/api-key.ts';
import type { KeptChanges, KeptKey, KeptResource, KeptWorld } from '../../core/kept-rows.ts';
import type { Resource } from '../../core/resource-store.ts';
import type { Connections, Queries, Statement } from './connections.ts';
import { clearingStatements } from './journals.ts';

/** Which state of a world something is. */
export interface Mark {
  readonly version: number;
  readonly revision: string;
}

/** What a look shows of a world. */
export interface Looked extends Mark {
  readonly name: string;
  readonly id: number;
  /** Real time, by PostgreSQL. */
  readonly realNow: Instant;
}

/** What a copy lacks, or everything where the copy is not a part of what is there. */
export interface Lacking extends Looked {
  readonly epoch: string;
  readonly replacedBy: string;
  readonly resets: number;
  /** As JSON. */
  readonly state: string;
  /** The version that the state was written with last. */
  readonly stateVersion: number;
  readonly seedings: KeptWorld['seedings'];
  /** Whether `changes` are to be added to the copy, or are all there is. */
  readonly isContinued: boolean;
  readonly changes: KeptChanges;
  /** The versions that its keys were changed with last: they are in this order. */
  readonly keyVersions: readonly number[];
  readonly nextPlace: number;
}

/** What is written to a world, once its row is locked. */
export interface Written extends KeptChanges {
  /** As JSON; undefined if it stays as it is. */
  readonly state?: string | undefined;
  /** The last uses of keys, by the ids of the keys. */
  readonly uses?: ReadonlyMap<string, Instant>;
  readonly nextPlace: number;
}

/** Everything of a world that is made, or that takes the place of what was there. */
export interface Filled {
  readonly world: KeptWorld;
  /** As JSON; if it is omitted, it stays as it is. */
  readonly state?: string;
}

const realNow = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS "realNow"';

/** One statement, so that all of it is of one moment. */
const lackingSql = `
  SELECT w.name, w.id, w.version, w.revision, ${realNow}, w.epoch, w.replaced_by AS "replacedBy", w.resets, w.state,
    w.state_version AS "stateVersion",
    w.seedings, w.next_place AS "nextPlace", s.since IS NOT NULL AS "isContinued",
    (SELECT coalesce(json_agg(json_build_array(place, record, last_used_at, changed) ORDER BY changed, place), '[]')
      FROM api_keys WHERE world_id = w.id AND version > coalesce(s.since, -1)) AS keys,
    (SELECT coalesce(json_agg(json_build_array(place, provider, kind, record) ORDER BY place), '[]')
      FROM resources WHERE world_id = w.id AND version > coalesce(s.since, -1)) AS resources
  FROM worlds w
  LEFT JOIN LATERAL (SELECT version AS since FROM changes
    WHERE world_id = w.id AND version = $2 AND revision = $3 AND w.epoch = $4) s ON true
  WHERE w.id = $1`;

/** Which versions are known by their revisions: a copy that is older is read anew. */
const knownVersions = 1000;
/** How many rows go into one statement. */
const rowsAtOnce = 5000;

type KeyRow = readonly [place: number, record: string, lastUsedAt: Instant | null, changed: number];
type ResourceRow = readonly [place: number, provider: string, kind: string, record: string | null];
type LackingRow = Omit<Lacking, 'changes' | 'seedings' | 'keyVersions'> & {
  readonly seedings: string;
  readonly keys: readonly KeyRow[];
  readonly resources: readonly ResourceRow[];
};

/** What a process holds of a world. */
export interface Held extends Mark {
  readonly epoch: string;
}

/** A copy of nothing: no world has ever had these. */
export const untouched: Held = { version: -1, revision: randomUUID(), epoch: randomUUID() };

/** The worlds in one PostgreSQL: the truth of them. */
export class Place {
  readonly #connections: Connections;

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  /** Looks at worlds by their names, in one statement that is sent now. Throws StorageError. */
  look(names: readonly string[]): Promise<Looked[]> {
    const sql = `SELECT name, id, version, revision, ${realNow} FROM worlds WHERE name = ANY($1)`;
    return this.#connections.look<Looked>(sql, [names]);
  }

  /** What a copy lacks; undefined if the world is gone. Throws StorageError. */
  async read(id: number, held: Held = untouched): Promise<Lacking | undefined> {
    const { sql, values } = lackingStatement(id, held);
    const [row] = await this.#connections.query<LackingRow>(sql, values);
    return row && lackingOf(row);
  }

  /**
   * Changes a world: locks it, hands what the copy lacks to `work`, and writes what that gives, in one transaction. Returns where the
   * world stands then, or undefined if `work` gave nothing to write. What `work` throws passes through. Throws StorageError.
   */
  change(
    id: number,
    held: Held,
    work: (lacking: Lacking | undefined) => Promise<Written | undefined>,
  ): Promise<Mark | undefined> {
    return this.#connections.changeOf<LackingRow, Mark | undefined>(id, lackingStatement(id, held), async (queries, [row]) => {
      const lacking = row && lackingOf(row);
      const written = await work(lacking);
      if (lacking === undefined || written === undefined) return undefined;
      const mark = { version: lacking.version + 1, revision: randomUUID() };
      const { state = null, nextPlace } = written;
      const update = {
        sql: 'UPDATE worlds SET version = $2, revision = $3, state = coalesce($4, state), state_version = CASE WHEN $4::text IS NULL THEN state_version ELSE $2 END, next_place = $5 WHERE id = $1',
        values: [id, mark.version, mark.revision, state, nextPlace],
      };
      await writeRows(queries, id, mark, written, [update]);
      return mark;
    });
  }

  /** Replaces everything of a world; false if it is gone. Throws StorageError. */
  fill(id: number, by: string, { world, state }: Filled): Promise<boolean> {
    const read = { sql: 'SELECT version FROM worlds WHERE id = $1', values: [id] };
    return this.#connections.changeOf<Pick<Mark, 'version'>, boolean>(id, read, async (queries, [locked]) => {
      if (locked === undefined) return false;
      const mark = { version: locked.version + 1, revision: randomUUID() };
      const tables = ['api_keys', 'resources', 'changes'];
      await Promise.all(tables.map((table) => queries.query(`DELETE FROM ${table} WHERE world_id = $1`, [id])));
      const resets = by === 'snapshot' ? 0 : 1;
      const update = {
        sql: `UPDATE worlds SET version = $2, revision = $3, epoch = gen_random_uuid(), replaced_by = $4, resets = resets + $5,
           state = coalesce($6, state), state_version = $2, seedings = $7, next_place = $8 WHERE id = $1`,
        values: [id, mark.version, mark.revision, by, resets, state ?? null, JSON.stringify(world.seedings), nextPlaceOf(world)],
      };
      const last = resets > 0 ? [...clearingStatements(id), update] : [update];
      await writeRows(queries, id, mark, { ...world, removed: [] }, last);
      return true;
    });
  }

  /** Makes a world; false if there is one of this name, once that is there. Throws StorageError. */
  make(name: string, { world, state }: Required<Filled>): Promise<boolean> {
    return this.#connections.transaction(async (queries) => {
      const [made] = await queries.query<{ id: number } & Mark>(
        `INSERT INTO worlds (name, state, seedings, next_place) VALUES ($1, $2, $3, $4)
         ON CONFLICT (name) DO NOTHING RETURNING id, version, revision`,
        [name, state, JSON.stringify(world.seedings), nextPlaceOf(world)],
      );
      if (made === undefined) return false;
      await writeRows(queries, made.id, made, { ...world, removed: [] }, []);
      return true;
    });
  }

  /** Real time. Throws StorageError. */
  async time(): Promise<Instant> {
    const [row] = await this.#connections.look<{ realNow: Instant }>(`SELECT ${realNow}`, []);
    if (row === undefined) throw new Error('a look has an answer');
    return row.realNow;
  }

  /** The names of all worlds. Throws StorageError. */
  async names(): Promise<string[]> {
    const rows = await this.#connections.query<{ name: string }>('SELECT name FROM worlds ORDER BY name');
    return rows.map(({ name }) => name);
  }

  /** Removes a world; false if there is none. Throws StorageError. */
  async drop(name: string): Promise<boolean> {
    return (await this.#connections.query('DELETE FROM worlds WHERE name = $1 RETURNING id', [name])).length > 0;
  }
}

function lackingStatement(id: number, { version, revision, epoch }: Held): Statement {
  return { sql: lackingSql, values: [id, version, revision, epoch] };
}

function lackingOf({ keys, resources, seedings, ...rest }: LackingRow): Lacking {
  const changes = {
    keys: keys.map(keptKeyOf),
    resources: resources.flatMap((one) => keptResourceOf(one) ?? []),
    removed: resources.flatMap(([place, , , record]) => (record === null ? [place] : [])),
  };
  return { ...rest, seedings: JSON.parse(seedings), changes, keyVersions: keys.map(([, , , changed]) => changed) };
}

function keptKeyOf([seq, record, lastUsedAt]: KeyRow): KeptKey {
  const { secret, key }: { secret: string | null; key: Omit<ApiKey, 'lastUsedAt'> } = JSON.parse(record);
  return { seq, secret, key: { ...key, lastUsedAt } };
}

function keptResourceOf([seq, provider, kind, record]: ResourceRow): KeptResource | undefined {
  if (record === null) return undefined;
  const resource: Resource<unknown> = JSON.parse(record);
  return { seq, provider, kind, resource };
}

function markStatements(id: number, { version, revision }: Mark): Statement[] {
  const put = { sql: 'INSERT INTO changes (world_id, version, revision) VALUES ($1, $2, $3)', values: [id, version, revision] };
  // Not at every change: one statement for a hundred of them.
  if (version % 100 !== 0 || version < knownVersions) return [put];
  return [put, { sql: 'DELETE FROM changes WHERE world_id = $1 AND version < $2', values: [id, version - knownVersions] }];
}

const putKeysSql = `
  INSERT INTO api_keys (world_id, version, changed, place, hash, provider, id, record, last_used_at)
  SELECT $1, $2, $2, r.place, decode(r.hash, 'hex'), r.provider, r.id, r.record, r.last_used_at
  FROM json_to_recordset($3::json) AS r(place bigint, hash text, provider text, id text, record text, last_used_at bigint)
  ON CONFLICT (world_id, place) DO UPDATE
  SET version = excluded.version, changed = excluded.changed, record = excluded.record, last_used_at = excluded.last_used_at`;
const putResourcesSql = `
  INSERT INTO resources (world_id, version, place, provider, kind, id, record)
  SELECT $1, $2, r.place, r.provider, r.kind, r.id, r.record
  FROM json_to_recordset($3::json) AS r(place bigint, provider text, kind text, id text, record text)
  ON CONFLICT (world_id, place) DO UPDATE SET version = excluded.version, record = excluded.record`;
const useSql = `
  UPDATE api_keys SET version = $2, last_used_at = u.at
  FROM json_to_recordset($3::json) AS u(id text, at bigint) WHERE world_id = $1 AND api_keys.id = u.id`;

/** Writes rows, the mark, and what comes last. All is sent at once, but of many rows one piece after another, as each may take its time. */
async function writeRows(
  queries: Queries,
  id: number,
  mark: Mark,
  written: Omit<Written, 'nextPlace'>,
  last: readonly Statement[],
): Promise<void> {
  const { keys, resources } = written;
  const isMuch = keys.length + resources.length > rowsAtOnce;
  if (isMuch) for (const { sql, values } of rowStatements(id, mark, written)) await queries.query(sql, values);
  const rows = isMuch ? [] : rowStatements(id, mark, written);
  const all = [...rows, ...markStatements(id, mark), ...last];
  await Promise.all(all.map(({ sql, values }) => queries.query(sql, values)));
}

function* rowStatements(
  id: number,
  { version }: Mark,
  { keys, resources, removed, uses }: Omit<Written, 'nextPlace'>,
): Iterable<Statement> {
  // Uses first: a key that was changed is written with its last use.
  if (uses !== undefined && uses.size > 0) {
    const rows = [...uses].map(([key, at]) => ({ id: key, at }));
    yield { sql: useSql, values: [id, version, JSON.stringify(rows)] };
  }
  if (removed.length > 0) {
    const sql = 'UPDATE resources SET version = $2, record = NULL WHERE world_id = $1 AND place = ANY($3)';
    yield { sql, values: [id, version, removed] };
  }
  for (const piece of piecesOf(keys)) yield { sql: putKeysSql, values: [id, version, JSON.stringify(piece.map(keyRecordOf))] };
  for (const piece of piecesOf(resources))
    yield { sql: putResourcesSql, values: [id, version, JSON.stringify(piece.map(resourceRecordOf))] };
}

function keyRecordOf({ seq, key: { lastUsedAt, ...key }, secret }: KeptKey) {
  const { hash, provider, id } = key;
  return { place: seq, hash, provider, id, record: JSON.stringify({ secret, key }), last_used_at: lastUsedAt };
}

function resourceRecordOf({ seq, provider, kind, resource }: KeptResource) {
  return { place: seq, provider, kind, id: resource.id, record: JSON.stringify(resource) };
}

function* piecesOf<T>(rows: readonly T[]): Iterable<readonly T[]> {
  for (let from = 0; from < rows.length; from += rowsAtOnce) yield rows.slice(from, from + rowsAtOnce);
}

/** The first place that none of them has. */
function nextPlaceOf({ keys, resources }: KeptWorld): number {
  return Math.max(0, ...[keys.at(-1), resources.at(-1)].map((last) => last?.seq ?? 0)) + 1;
}
