import { type Client, type PoolConfig as KnownConfig, Pool, type PoolClient, types } from 'pg';
import { DatabaseError, StorageError } from '../../core/world-store.ts';
import { Listener } from './listener.ts';

/** How long PostgreSQL may take for an answer: a request is refused rather than kept waiting. */
const answerMs = 2000;
/** The same for a look. A request may have to wait for the look before its own. */
const lookMs = 1000;
/** A process that was paused inside a transaction must not hold its lock for longer. */
const idleInTransactionMs = 3000;
/** The oldest release that has what is used here. */
const oldestVersion = 140_000;
const versionAsText = '14';
/** The type of `bigint`: numbers and instants, which a number holds exactly. */
const bigintType = 20;

/** What its types do not know: a statement is sent at once, though the one before it has no answer yet. */
type PoolConfig = KnownConfig & { readonly pipeline?: boolean };

/** A statement with its values. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** Something that takes statements: a pool, or a connection in a transaction. */
export interface Queries {
  query<Row>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** The connections of this process to one PostgreSQL. */
export class Connections implements Queries {
  /** As messages name the database: without a password. */
  readonly shown: string;
  /** How to connect for what may take so long. */
  readonly #config: (mostMs: number) => PoolConfig;
  readonly #looking: Pool;
  readonly #working: Pool;
  readonly #listeners: Listener[] = [];

  /** Throws DatabaseError for a text that is no URL. Nothing is connected yet. */
  constructor(url: string) {
    this.shown = shownUrl(url);
    this.#config = (mostMs) => ({
      connectionString: url,
      application_name: 'latchkey',
      connectionTimeoutMillis: mostMs,
      statement_timeout: mostMs,
      query_timeout: mostMs,
      lock_timeout: mostMs,
      idle_in_transaction_session_timeout: idleInTransactionMs,
      keepAlive: true,
      types: { getTypeParser: parserOf },
      verify: refuseStandby,
    });
    this.#looking = heard(new Pool({ ...this.#config(lookMs), max: 1 }));
    const config: PoolConfig = { ...this.#config(answerMs), max: 5, pipeline: true };
    this.#working = heard(new Pool(config));
  }

  /** Looks whether this is a PostgreSQL that can be used. Throws DatabaseError. */
  async check(): Promise<void> {
    try {
      const [found] = await rowsOf<{ server_version_num: string }>(this.#working, 'SHOW server_version_num', []);
      const version = Number(found?.server_version_num);
      if (version >= oldestVersion) return;
      throw new DatabaseError(
        `cannot use the database ${this.shown}: it is PostgreSQL ${Math.floor(version / 10_000)}, and latchkey needs ${versionAsText} or newer`,
      );
    } catch (error) {
      throw error instanceof DatabaseError ? error : this.unusable(error);
    }
  }

  /** What makes the database unusable, as an error in our words. */
  unusable(error: unknown): DatabaseError {
    return new DatabaseError(`cannot use the database ${this.shown}: ${reasonOf(error)}`, { cause: error });
  }

  async query<Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    try {
      return await rowsOf<Row>(this.#working, sql, values);
    } catch (error) {
      throw unavailable(error);
    }
  }

  /** The same on the connection that is kept for looks, so that they wait for nothing else. One try more on a new connection. */
  async look<Row>(sql: string, values: readonly unknown[]): Promise<Row[]> {
    try {
      return await rowsOf<Row>(this.#looking, sql, values).catch((error: unknown) => {
        if (!isBroken(error)) throw error;
        return rowsOf<Row>(this.#looking, sql, values);
      });
    } catch (error) {
      throw unavailable(error);
    }
  }

  /** Does work in one transaction. What it throws passes through, and nothing was changed then. Throws StorageError. */
  transaction<R>(work: (queries: Queries) => Promise<R>): Promise<R> {
    return this.#inTransaction(({ query }) => query('BEGIN'), work);
  }

  /**
   * The same while nobody else changes a world; hands over what `first` gives, which reads something behind the lock. What comes first
   * is sent at once, and so are statements of `work` that do not wait for each other: each wait costs more than a statement.
   */
  changeOf<Row, R>(worldId: number, first: Statement, work: (queries: Queries, rows: Row[]) => Promise<R>): Promise<R> {
    let rows: Row[] = [];
    const begin = async ({ query }: Queries) => {
      // In one text, so that nothing is locked, and later written, outside a transaction.
      const locked = query(`BEGIN; SELECT 1 FROM worlds WHERE id = ${worldId} FOR NO KEY UPDATE`);
      [, rows] = await Promise.all([locked, query<Row>(first.sql, first.values)]);
    };
    return this.#inTransaction(begin, (queries) => work(queries, rows));
  }

  async #inTransaction<R>(begin: (queries: Queries) => Promise<unknown>, work: (queries: Queries) => Promise<R>): Promise<R> {
    const client = await this.#working.connect().catch((error: unknown) => {
      throw unavailable(error);
    });
    let broken: Error | undefined;
    const query = async <Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> => {
      try {
        return await rowsOf<Row>(client, sql, values);
      } catch (error) {
        broken ??= error instanceof Error ? error : new Error('the connection broke');
        throw unavailable(error);
      }
    };
    try {
      await begin({ query });
      const result = await work({ query });
      await query('COMMIT');
      return result;
    } catch (error) {
      if (broken === undefined) await query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      // A connection on which something failed may still bring an answer to it: it is not used again.
      client.release(broken);
    }
  }

  /**
   * Calls `heard` with what anybody says on some channels from now on, on a connection of its own. While that is broken nothing is
   * heard. Throws DatabaseError if it cannot be made.
   */
  async listen(channels: readonly string[], heard: (channel: string, said: string) => void): Promise<void> {
    const listener = new Listener(this.#config(answerMs), channels, heard);
    this.#listeners.push(listener);
    await listener.open().catch((error: unknown) => {
      throw this.unusable(error);
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#listeners.map((listener) => listener.close()));
    await Promise.all([this.#looking.end(), this.#working.end()]);
  }
}

async function rowsOf<Row>(on: Pick<Pool | PoolClient, 'query'>, sql: string, values: readonly unknown[]): Promise<Row[]> {
  const { rows } = await on.query<Row & object>(sql, [...values]);
  return rows;
}

/** A client that is lent out tells of its broken connection itself, and an error that nobody hears ends the process. */
function heard(pool: Pool): Pool {
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** What each new connection is asked, and what is set on it: what was answered must be there after a crash, whatever the database's own setting. */
const greeting = `
  SELECT pg_is_in_recovery() AS standby,
    CASE WHEN current_setting('synchronous_commit') = 'off' THEN set_config('synchronous_commit', 'on', false) END`;

/** A standby shows what was true a while ago. */
function refuseStandby(client: PoolClient | Client, done: (error?: Error) => void): void {
  client.query<{ standby: boolean }>(greeting).then(
    ({ rows: [row] }) =>
      done(row?.standby === false ? undefined : new Error('it is a standby, which shows what was true a while ago')),
    (error: Error) => done(error),
  );
}

function parserOf(type: number, format?: 'text' | 'binary') {
  return type === bigintType ? Number : types.getTypeParser(type, format);
}

/** An error of a statement or of a connection: requests are refused, and the log says why. */
function unavailable(error: unknown): StorageError {
  return new StorageError(`The database cannot be used now: ${reasonOf(error)}.`, { cause: error });
}

/** Whether the connection was broken already: what did not answer in time is not asked a second time. */
function isBroken(error: unknown): boolean {
  const { code, message } = codeOf(error);
  return code === undefined ? !isTimeout(message) : /^(57P0|08|E)/.test(code);
}

function isTimeout(message: string): boolean {
  return /time-?out/i.test(message);
}

/** What the system and PostgreSQL say most often, in our words. */
const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no such host',
  ENOENT: 'nothing listens there',
  EAI_AGAIN: 'there is no such host',
  ECONNRESET: 'the connection broke',
  EPIPE: 'the connection broke',
  ETIMEDOUT: 'it does not answer',
  EACCES: 'access to its socket is denied',
  '28P01': 'it refuses the password',
  '28000': 'it refuses the user',
  '3D000': 'there is no such database',
  '42501': 'the user may not make tables there',
  '42P07': 'it has tables of another program: use an empty database',
  ERR_INVALID_URL: 'its URL cannot be read: write what is special in a password as %40 and the like',
  '53100': 'its disk is full',
  '53300': 'it has too many connections',
  '55P03': 'somebody else has held the world for too long',
  '57014': 'it did not answer in time',
  '57P01': 'it is being stopped',
  '57P03': 'it is being started',
  '42P05': 'a pooler hands the connection to others between statements (pool mode transaction): use the pool mode session',
  '26000': 'a pooler hands the connection to others between statements (pool mode transaction): use the pool mode session',
};

function reasonOf(error: unknown): string {
  const { code, message } = codeOf(error);
  const known = code === undefined ? undefined : reasons[code];
  if (known !== undefined) return known;
  if (/standby/.test(message)) return message;
  if (isTimeout(message)) return 'it does not answer in time';
  if (/password must be a string/.test(message)) return 'it asks for a password';
  return code !== undefined && /^[0-9A-Z]{5}$/.test(code) ? `it refuses (SQLSTATE ${code})` : 'the connection broke';
}

function codeOf(error: unknown): { readonly code: string | undefined; readonly message: string } {
  // Both loopback addresses were tried, and neither answers.
  const one: unknown = error instanceof AggregateError ? error.errors[0] : error;
  if (!(one instanceof Error)) return { code: undefined, message: '' };
  return { code: 'code' in one && typeof one.code === 'string' ? one.code : undefined, message: one.message };
}

/**
 * A URL without who connects and with what password: both end at the last `@`. Throws DatabaseError. Not by `URL`, which knows no
 * address without a host: that of a socket.
 */
function shownUrl(url: string): string {
  const [, scheme, rest = ''] = /^(postgres(?:ql)?:\/\/)(.+)$/s.exec(url) ?? [];
  if (scheme === undefined)
    throw new DatabaseError('cannot use the database: expected a URL such as postgres://user:password@host:5432/latchkey');
  return scheme + rest.slice(rest.lastIndexOf('@') + 1).replace(/[?#].*$/s, '');
}
