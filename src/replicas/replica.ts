import type { Instant } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';
import { fail } from '../core/errors.ts';
import type { KeptKey } from '../core/kept-rows.ts';
import type { RowCopy } from '../store/copies/row-copy.ts';
import { type Held, type Lacking, type Place, untouched } from '../store/postgres/place.ts';
import type { SqliteWorldStore } from '../store/sqlite-world-store.ts';
import { type Follower, type ReplacedBy, WorldGoneError } from '../worlds/sharing.ts';
import { type Changing, Draft } from './changing.ts';
import type { Looks } from './looks.ts';
import { Turns } from './turns.ts';

export interface ReplicaParts {
  readonly name: string;
  readonly place: Place;
  readonly looks: Looks;
  /** An empty store in memory. */
  readonly copy: SqliteWorldStore;
  /** The last use of a key here that is not written yet: the copy keeps it. */
  useOf(key: string): Instant | undefined;
}

const nobody: Follower = { keyChanged: () => undefined, stateChanged: () => undefined, replaced: () => undefined };

/** What a key became. */
interface KeyChange {
  readonly before: ApiKey | undefined;
  readonly after: ApiKey;
  readonly version: number;
}

/**
 * The copy that this process holds of a world. It only ever holds what the place has committed, and whoever brings it up to date or
 * changes the world waits for those who came before.
 */
export class Replica implements Changing {
  readonly #parts: ReplicaParts;
  readonly #rows: RowCopy;
  readonly #turns = new Turns();
  /** What brings the copy up to date next, for all who wait for it. */
  #nextCatchUp: Promise<void> | undefined;
  #follower: Follower = nobody;
  #id = 0;
  #held: Held = untouched;
  #resets = 0;
  /** As JSON. */
  #state = '';

  constructor(parts: ReplicaParts) {
    this.#parts = parts;
    this.#rows = parts.copy.rows();
  }

  /** The id of the world in the place; 0 before it was opened. */
  get id(): number {
    return this.#id;
  }

  /** The state of the world that the copy is of, as JSON. */
  get state(): string {
    return this.#state;
  }

  follow(follower: Follower): void {
    this.#follower = follower;
  }

  /** Reads the world for the first time; false if there is none. Throws StorageError. */
  async open(): Promise<boolean> {
    const { name, looks, place } = this.#parts;
    const looked = await looks.at(name);
    const found = looked && (await place.read(looked.id));
    if (found === undefined) return false;
    this.#id = found.id;
    await this.#rows.replace({ ...found.changes, seedings: found.seedings }, () => {
      this.#hold(found);
      this.#follower.stateChanged(JSON.parse(found.state));
    });
    return true;
  }

  /** Resolves once the copy holds everything that was answered anywhere before this call. Throws StorageError, WorldGoneError. */
  async enter(): Promise<void> {
    const looked = await this.#parts.looks.at(this.#parts.name);
    if (looked === undefined || looked.id !== this.#id) throw new WorldGoneError();
    if (looked.revision !== this.#held.revision) await this.#catchUpNext();
  }

  /**
   * The same for what a request does to keys and resources: it throws unavailable if everything was replaced since this was called,
   * because nothing of such a request reaches what took its place.
   */
  changeContents<R>(work: (draft: Draft) => Promise<R>): Promise<R> {
    const { epoch } = this.#held;
    return this.change((draft) => {
      if (this.#held.epoch !== epoch) fail('unavailable', null);
      return work(draft);
    });
  }

  change<R>(work: (draft: Draft) => Promise<R>): Promise<R> {
    return this.#turns.take(async () => {
      let done: { readonly result: R; readonly draft: Draft } | undefined;
      const mark = await this.#parts.place.change(this.#id, this.#held, async (lacking) => {
        if (lacking === undefined) throw new WorldGoneError();
        await this.#take(lacking);
        const draft = new Draft(this.#rows, lacking.nextPlace);
        done = { result: await work(draft), draft };
        return draft.written;
      });
      if (done === undefined) throw new WorldGoneError();
      if (mark !== undefined) {
        const { changes, state } = done.draft;
        await this.#rows.take(changes, () => {
          this.#held = { ...mark, epoch: this.#held.epoch };
          if (state !== undefined) this.#tellOfState(state);
        });
      }
      return done.result;
    });
  }

  /** Does what replaces everything in the place, which says whether the world was there, and then takes it over. Throws StorageError, WorldGoneError. */
  replace(fill: (place: Place, id: number) => Promise<boolean>): Promise<void> {
    return this.#turns.take(async () => {
      const { place } = this.#parts;
      const lacking = (await fill(place, this.#id)) ? await place.read(this.#id, this.#held) : undefined;
      if (lacking === undefined) throw new WorldGoneError();
      await this.#take(lacking);
    });
  }

  /**
   * Brings the copy up to date, before any change that has not begun. Whoever comes before it begins shares it, and nobody who comes
   * later: it might read what was true before.
   */
  #catchUpNext(): Promise<void> {
    if (this.#nextCatchUp !== undefined) return this.#nextCatchUp;
    const begun = () => {
      if (this.#nextCatchUp === next) this.#nextCatchUp = undefined;
    };
    const catchUp = () => {
      begun();
      return this.#catchUp();
    };
    const next = this.#turns.take(catchUp, true).finally(begun);
    this.#nextCatchUp = next;
    return next;
  }

  async #catchUp(): Promise<void> {
    const lacking = await this.#parts.place.read(this.#id, this.#held);
    if (lacking === undefined) throw new WorldGoneError();
    await this.#take(lacking);
  }

  async #take(lacking: Lacking): Promise<void> {
    if (lacking.revision === this.#held.revision) return;
    if (!lacking.isContinued) return this.#takeAll(lacking);
    const changes = await this.#changesOf(lacking);
    const earlier = changes.filter(({ version }) => version < lacking.stateVersion);
    await this.#rows.take({ ...lacking.changes, keys: lacking.changes.keys.map((kept) => this.#withUse(kept)) }, () => {
      for (const { before, after } of earlier) this.#follower.keyChanged(before, after);
      this.#hold(lacking);
      for (const { before, after } of changes.slice(earlier.length)) this.#follower.keyChanged(before, after);
    });
  }

  /** A key whose last use here is not written yet: it is later than what others have written. */
  #withUse(kept: KeptKey): KeptKey {
    const lastUsedAt = this.#parts.useOf(kept.key.id);
    return lastUsedAt === undefined ? kept : { ...kept, key: { ...kept.key, lastUsedAt } };
  }

  /** Everything was replaced, or so much has happened that nobody knows what. */
  async #takeAll(lacking: Lacking): Promise<void> {
    const wasReplaced = lacking.epoch !== this.#held.epoch;
    const by: ReplacedBy = lacking.resets === this.#resets ? 'snapshot' : lacking.replacedBy === 'empty' ? 'empty' : 'seed';
    await this.#rows.replace({ ...lacking.changes, seedings: lacking.seedings }, () => {
      if (wasReplaced) this.#state = lacking.state;
      this.#hold(lacking);
      if (wasReplaced) this.#follower.replaced(by, JSON.parse(lacking.state));
    });
  }

  /** The changes of keys that the copy lacks, in their order. */
  async #changesOf({ changes: { keys }, keyVersions }: Lacking): Promise<KeyChange[]> {
    const store = this.#parts.copy.keys;
    const found: KeyChange[] = [];
    for (const [index, { key: after }] of keys.entries()) {
      const [before] = await store.find({ id: after.id }, { limit: 1 });
      // A use is told by whoever saw the first one.
      const isUse = before !== undefined && before.updatedAt === after.updatedAt && before.state === after.state;
      if (!isUse || before.lastUsedAt === null || before.expiresAt !== after.expiresAt)
        found.push({ before, after, version: keyVersions[index] ?? 0 });
    }
    return found;
  }

  #hold({ version, revision, epoch, resets, state }: Lacking): void {
    this.#held = { version, revision, epoch };
    this.#resets = resets;
    this.#tellOfState(state);
  }

  #tellOfState(state: string): void {
    if (state === this.#state) return;
    const isFirst = this.#state === '';
    this.#state = state;
    if (!isFirst) this.#follower.stateChanged(JSON.parse(state));
  }
}
