import { Client } from 'pg';

/** What a look shows, as far as it matters here. */
interface Looked {
  readonly name: string;
  readonly realNow: number;
}

interface Place {
  look(names: readonly string[]): Promise<readonly Looked[]>;
}

const channel = 'latchkey_late';
const notifying = `
  BEGIN;
  SELECT pg_advisory_xact_lock(1);
  CREATE OR REPLACE FUNCTION tell_late() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_notify('${channel}', coalesce(NEW.name, OLD.name)); RETURN NULL; END $$;
  CREATE OR REPLACE TRIGGER tell_late AFTER INSERT OR UPDATE OR DELETE ON worlds FOR EACH ROW EXECUTE FUNCTION tell_late();
  COMMIT;
  LISTEN ${channel};`;

/**
 * Takes the place of the class in src/replicas/looks.ts, whose interface this is: it remembers what it saw until PostgreSQL notifies it
 * of a change, which is after the change was committed and answered.
 */
export class Looks {
  readonly #place: Place;
  readonly #saw: (realNow: number) => void;
  readonly #remembered = new Map<string, Looked>();
  readonly #listening: Promise<void>;
  #notifications = 0;

  constructor(place: Place, saw: (realNow: number) => void) {
    this.#place = place;
    this.#saw = saw;
    this.#listening = this.#listen();
  }

  async at(name: string): Promise<Looked | undefined> {
    await this.#listening;
    const remembered = this.#remembered.get(name);
    if (remembered !== undefined) return remembered;
    const notifications = this.#notifications;
    const [looked] = await this.#place.look([name]);
    if (looked === undefined) return undefined;
    this.#saw(looked.realNow);
    if (notifications === this.#notifications) this.#remembered.set(name, looked);
    return looked;
  }

  async #listen(): Promise<void> {
    const client = new Client(process.env['LATCHKEY_DB']);
    client.on('notification', ({ payload = '' }) => {
      this.#notifications += 1;
      this.#remembered.delete(payload);
    });
    await client.connect();
    await client.query(notifying);
  }
}
