import { Client } from 'pg';
import { Looks } from '../../src/replicas/looks.ts';
import type { Looked, Place } from '../../src/store/postgres/place.ts';

const channel = 'latchkey_stale';
/** Every change of a world is notified when it is committed. */
const notifying = `
  CREATE OR REPLACE FUNCTION ${channel}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_notify('${channel}', OLD.name); RETURN NULL; END $$;
  CREATE OR REPLACE TRIGGER ${channel} AFTER UPDATE OR DELETE ON worlds FOR EACH ROW EXECUTE FUNCTION ${channel}()`;

/** Looks that are remembered until a notification comes: it comes after the change was answered. */
class StaleLooks {
  readonly #looks: Looks;
  readonly #known = new Map<string, Promise<Looked | undefined>>();
  #listening: Promise<void> | undefined;

  constructor(place: Pick<Place, 'look'>, saw: (realNow: number) => void) {
    this.#looks = new Looks(place, saw);
  }

  async at(name: string): Promise<Looked | undefined> {
    this.#listening ??= this.#listen();
    await this.#listening;
    const known = this.#known.get(name) ?? this.#looks.at(name);
    this.#known.set(name, known);
    known.then(
      (looked) => looked ?? this.#known.delete(name),
      () => this.#known.delete(name),
    );
    return known;
  }

  async #listen(): Promise<void> {
    const client = new Client(process.env['LATCHKEY_DB']);
    const forget = () => {
      this.#known.clear();
      this.#listening = undefined;
    };
    client.on('error', forget);
    client.on('end', forget);
    client.on('notification', ({ payload = '' }) => this.#known.delete(payload));
    await client.connect();
    await client.query(notifying);
    await client.query(`LISTEN ${channel}`);
  }
}

export { StaleLooks as Looks };
