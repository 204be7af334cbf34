import { type Clock, systemClock } from '../../src/clock.ts';
import type { ApiKey } from '../../src/core/api-key.ts';
import { EmulatorError } from '../../src/core/errors.ts';
import type { KeyFilter, KeyStore } from '../../src/core/key-store.ts';
import type { ResourceKind, ResourceStore } from '../../src/core/resource-store.ts';
import { type Replacement, StorageError, type WorldStore } from '../../src/core/world-store.ts';
import type { SharedJournal } from '../../src/journal/shared-journal.ts';
import { migrationsFolder } from '../../src/package.ts';
import { SqliteWorldStore } from '../../src/store/sqlite-world-store.ts';
import {
  type Filling,
  type Follower,
  type ReplacedBy,
  type SharedWorld,
  type SharedWorlds,
  WorldGoneError,
  type WorldState,
} from '../../src/worlds/sharing.ts';
import { SharedJournals } from './shared-journals.ts';

/** One step of what happened to a world, to be taken by each copy of it. */
interface Step {
  /** Takes the step in a copy. */
  take(copy: SqliteWorldStore, tell: () => void): Promise<unknown> | undefined;
  /** Tells of it. The process that made it is told only of what concerns it. */
  tell(follower: Follower, isOwn: boolean): void;
  readonly by: object;
  /** Whether it took the place of everything. */
  readonly replaces?: boolean | undefined;
}

/** The truth about one world. */
interface TrueWorld {
  readonly store: SqliteWorldStore;
  readonly steps: Step[];
  state: WorldState;
  /** One change after another. */
  last: Promise<unknown>;
}

const newStore = () => new SqliteWorldStore(':memory:', migrationsFolder);

/** A place that several emulators in this process share: everything is in memory, and every look at it is a turn of the event loop. */
export class SharedPlace {
  readonly worlds = new Map<string, TrueWorld>();
  readonly real: Clock = systemClock;
  readonly #journals = new Map<string, SharedJournals>();
  /** How often a world was looked at. */
  looks = 0;
  /** Whether it can be asked. */
  isThere = true;

  /** What one process has of it. */
  process(): SharedWorlds {
    return {
      world: (name) => new Copy(this, name),
      names: async () => {
        await this.turn();
        return [...this.worlds.keys()].toSorted();
      },
      drop: async (name) => {
        await this.turn();
        return this.worlds.delete(name);
      },
      reseeded: async () => undefined,
      processes: async () => [],
      leave: async () => undefined,
      problem: async () => (this.isThere ? undefined : 'The place is not there.'),
      close: async () => undefined,
    };
  }

  /** The journals that processes keep of a world. */
  journals(world: string): SharedJournals {
    const journals = this.#journals.get(world) ?? new SharedJournals();
    this.#journals.set(world, journals);
    return journals;
  }

  async turn(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (!this.isThere) throw new StorageError('The place cannot be reached.');
  }
}

/** A world in one process. */
class Copy implements SharedWorld {
  readonly store: WorldStore;
  readonly real: Clock;
  readonly journal: SharedJournal;
  readonly #place: SharedPlace;
  readonly #name: string;
  readonly #copy = newStore();
  #follower: Follower | undefined;
  #truth: TrueWorld | undefined;
  /** How many steps this copy has taken. */
  #taken = 0;
  /** How often everything in this copy was replaced. */
  #fills = 0;
  #lastTurn: Promise<unknown> = Promise.resolve();

  constructor(place: SharedPlace, name: string) {
    this.#place = place;
    this.#name = name;
    this.real = place.real;
    this.journal = place.journals(name).join();
    this.store = this.#storeOf();
  }

  follow(follower: Follower): void {
    this.#follower = follower;
  }

  async open(fresh: () => Promise<Filling>): Promise<boolean> {
    await this.#place.turn();
    const filling = this.#place.worlds.has(this.#name) ? undefined : await fresh();
    let truth = this.#place.worlds.get(this.#name);
    const isMade = truth === undefined && filling !== undefined;
    if (isMade) {
      truth = { store: newStore(), steps: [], state: filling.state, last: Promise.resolve() };
      truth.store.seed(filling.records, filling.now, false);
      this.#place.worlds.set(this.#name, truth);
    }
    if (truth === undefined) throw new WorldGoneError('dropped while it was opened');
    this.#truth = truth;
    this.#taken = truth.steps.length;
    const { state } = truth;
    await this.#copy.restore(truth.store.snapshot(), { ...trusting, after: () => this.#follower?.stateChanged(state) });
    return isMade;
  }

  async enter(): Promise<void> {
    await this.#place.turn();
    this.#place.looks += 1;
    this.#present();
    await this.#catchUp();
  }

  change<R>(decide: (state: WorldState, realNow: number) => readonly [WorldState, R]): Promise<R> {
    return this.#alone(async (truth) => {
      const [state, result] = decide(JSON.parse(JSON.stringify(truth.state)), this.real.now());
      if (JSON.stringify(state) !== JSON.stringify(truth.state)) {
        truth.state = state;
        this.#step({ tell: (follower) => follower.stateChanged(state) });
      }
      return result;
    });
  }

  fill(by: ReplacedBy, { records, now, state }: Filling): Promise<void> {
    return this.#alone(async (truth) => {
      truth.store.seed(records, now, true);
      truth.state = state;
      this.#place.journals(this.#name).clear();
      this.#step({
        replaces: true,
        take: (copy) => copy.seed(records, now, true),
        tell: (follower) => follower.replaced(by, state),
      });
    });
  }

  close(): void {
    this.#copy.close();
  }

  /** The world that this is a copy of. Throws WorldGoneError once there is none, or another one of that name. */
  #present(): TrueWorld {
    const truth = this.#place.worlds.get(this.#name);
    if (truth === undefined || truth !== this.#truth) throw new WorldGoneError(`the world ${this.#name} was dropped`);
    return truth;
  }

  /** Makes a change in the place and then here, while nobody else changes anything. */
  async #alone<R>(change: (truth: TrueWorld) => Promise<R>): Promise<R> {
    await this.#place.turn();
    const truth = this.#present();
    const turn = truth.last.then(async () => {
      this.#present();
      await this.#catchUp();
      try {
        return await change(truth);
      } finally {
        await this.#catchUp();
      }
    });
    truth.last = turn.catch(() => undefined);
    return turn;
  }

  /** The same for a request, which must not write into what has taken the place of what it began with. */
  #write<R>(change: (truth: TrueWorld) => Promise<R>): Promise<R> {
    const fills = this.#fills;
    return this.#alone((truth) => {
      if (fills !== this.#fills) throw new EmulatorError('unavailable', null);
      return change(truth);
    });
  }

  #catchUp(): Promise<unknown> {
    const turn = this.#lastTurn.then(async () => {
      for (const step of this.#truth?.steps.slice(this.#taken) ?? []) {
        this.#taken += 1;
        if (step.replaces) this.#fills += 1;
        const follower = this.#follower;
        await step.take(this.#copy, () => follower && step.tell(follower, step.by === this));
      }
    });
    this.#lastTurn = turn.catch(() => undefined);
    return turn;
  }

  #step({ take, ...step }: { readonly take?: (copy: SqliteWorldStore) => unknown } & Pick<Step, 'tell' | 'replaces'>): void {
    const taking: Step['take'] = (copy, tellOf) => {
      const taken = take?.(copy);
      tellOf();
      return taken instanceof Promise ? taken : undefined;
    };
    this.#truth?.steps.push({ ...step, take: taking, by: this });
  }

  #storeOf(): WorldStore {
    const copy = this.#copy;
    const resources = new Map<string, ResourceStore>();
    return {
      keys: this.#keys(),
      resources: (provider) => {
        const known = resources.get(provider) ?? this.#resources(provider);
        resources.set(provider, known);
        return known;
      },
      knowsSecret: (hash) => copy.knowsSecret(hash),
      secretPrints: () => copy.secretPrints(),
      seededProviders: () => copy.seededProviders(),
      seed: () => {
        throw new Error('a shared world is filled, not seeded');
      },
      snapshot: () => copy.snapshot(),
      snapshotInPieces: () => copy.snapshotInPieces(),
      restore: (snapshot, replacement) => this.#restore(snapshot, replacement),
      get restoring() {
        return copy.restoring;
      },
      lost: () => undefined,
      whenLost: () => undefined,
      check: async () => undefined,
      close: () => undefined,
    };
  }

  #restore(snapshot: Buffer, { rules, before }: Replacement): Promise<void> {
    return this.#alone(async (truth) => {
      await truth.store.restore(snapshot, { rules, before, after: () => undefined });
      const { state } = truth;
      truth.steps.push({
        by: this,
        replaces: true,
        take: (copy, tell) => copy.restore(snapshot, { ...trusting, after: tell }),
        tell: (follower) => follower.replaced('snapshot', state),
      });
    });
  }

  #keys(): KeyStore {
    const { keys } = this.#copy;
    return {
      find: (...asked) => keys.find(...asked),
      findRevealed: (...asked) => keys.findRevealed(...asked),
      expiring: (...asked) => keys.expiring(...asked),
      countExpiring: (...asked) => keys.countExpiring(...asked),
      listBy: (...asked) => keys.listBy(...asked),
      countBy: (...asked) => keys.countBy(...asked),
      list: (...asked) => keys.list(...asked),
      count: (...asked) => keys.count(...asked),
      insert: (key, kept, admission) =>
        this.#write(async ({ store }) => {
          await store.keys.insert(key, kept, admission);
          this.#keyStep(undefined, key, (copy) => copy.insert(key, kept));
        }),
      change: async (filter, decide) => (await this.#changed(filter, decide, 'change'))[0],
      changeAll: (filter, decide) => this.#changed(filter, decide, 'changeAll'),
      use: (provider, hash, admit) =>
        this.#write(async ({ store }) => {
          const [before] = await store.keys.find({ provider, hash });
          const after = await store.keys.use(provider, hash, admit);
          const at = after?.lastUsedAt ?? 0;
          if (before === undefined || after === undefined) return undefined;
          this.#keyStep(before, after, (copy) => copy.use(provider, hash, () => at));
          return after;
        }),
    };
  }

  #changed(filter: KeyFilter, decide: (key: ApiKey) => ApiKey, how: 'change' | 'changeAll'): Promise<ApiKey[]> {
    return this.#write(async ({ store }) => {
      const changes: (readonly [ApiKey, ApiKey])[] = [];
      const noting = (before: ApiKey) => {
        const after = decide(before);
        if (after !== before) changes.push([before, after]);
        return after;
      };
      const changed = how === 'change' ? [await store.keys.change(filter, noting)] : await store.keys.changeAll(filter, noting);
      for (const [before, after] of changes)
        this.#keyStep(before, after, (copy) =>
          copy.change({ id: after.id }, (key) => ({ ...after, lastUsedAt: key.lastUsedAt })),
        );
      return changed.filter((key) => key !== undefined);
    });
  }

  #keyStep(before: ApiKey | undefined, after: ApiKey, take: (copy: KeyStore) => unknown): void {
    this.#step({
      take: (copy) => take(copy.keys),
      tell: (follower, isOwn) => {
        if (!isOwn) follower.keyChanged(before, after);
      },
    });
  }

  #resources(provider: string): ResourceStore {
    const copy = this.#copy.resources(provider);
    const write = <R>(
      act: (store: ResourceStore) => Promise<R>,
      replay: (result: R) => (store: ResourceStore) => Promise<unknown>,
    ) =>
      this.#write(async ({ store }) => {
        const result = await act(store.resources(provider));
        this.#step({ take: (one) => replay(result)(one.resources(provider)), tell: () => undefined });
        return result;
      });
    const put =
      <T>(kind: ResourceKind<T>) =>
      (resource: Parameters<typeof copy.put<T>>[1] | undefined) =>
      async (store: ResourceStore) =>
        resource && store.put(kind, resource);
    return {
      get revision() {
        return copy.revision;
      },
      get: (...asked) => copy.get(...asked),
      getByName: (...asked) => copy.getByName(...asked),
      list: (...asked) => copy.list(...asked),
      listAfter: (...asked) => copy.listAfter(...asked),
      listAll: () => copy.listAll(),
      insert: (kind, decide) => write((store) => store.insert(kind, decide), put(kind)),
      add: (kind, resource) =>
        write(
          (store) => store.add(kind, resource),
          () => put(kind)(resource),
        ),
      put: (kind, resource) =>
        write(
          (store) => store.put(kind, resource),
          () => put(kind)(resource),
        ),
      change: (kind, id, decide) => write((store) => store.change(kind, id, decide), put(kind)),
      replace: (kind, id, decide) => write((store) => store.replace(kind, id, decide), put(kind)),
      remove: (kind, id) =>
        write(
          (store) => store.remove(kind, id),
          () => (store) => store.remove(kind, id),
        ),
    };
  }
}

/** What is read from the place has been checked. */
const trusting = {
  rules: { problemOfKey: () => undefined, problemOfResource: () => undefined, problemOfWhole: () => undefined },
  before: () => undefined,
};
