import type { Instant } from '../clock.ts';

export const eventTypes = ['request', 'key', 'clock', 'fault', 'reset'] as const;
export type EventType = (typeof eventTypes)[number];

/** Tells what happened. `about` is what was given when it happened. */
type Account = (about: number) => object;

/** Something that happened in a world. */
export class WorldEvent {
  /** Counts up from 1, in the world. */
  readonly id: number;
  readonly type: EventType;
  readonly at: Instant;
  readonly #account: Account;
  readonly #about: number;

  constructor(id: number, type: EventType, at: Instant, account: Account, about: number) {
    this.id = id;
    this.type = type;
    this.at = at;
    this.#account = account;
    this.#about = about;
  }

  /** What happened; made when it is read. */
  data(): object {
    return this.#account(this.#about);
  }
}

type Listener = (event: WorldEvent) => void;

/** The last events of a world, and the listeners to further ones. */
export class EventLog {
  readonly #capacity: number;
  readonly #events: WorldEvent[] = [];
  readonly #listeners = new Set<Listener>();
  readonly #endings = new Set<() => void>();
  #lastId = 0;
  #isClosed = false;

  constructor(capacity = 1000) {
    this.#capacity = capacity;
  }

  /** Adds an event. `account` tells later what happened; where it is the same function for many events, it is told `about` what. */
  emit(type: EventType, at: Instant, account: Account, about = 0): void {
    this.#lastId += 1;
    const event = new WorldEvent(this.#lastId, type, at, account, about);
    // A ring buffer: the place of an event follows from its id.
    this.#events[this.#lastId % this.#capacity] = event;
    for (const listener of this.#listeners) listener(event);
  }

  /** The first event after the one with this id that is still kept; undefined if there is none. */
  after(id: number): WorldEvent | undefined {
    const next = Math.max(id + 1, this.#lastId - this.#capacity + 1, 1);
    return next > this.#lastId ? undefined : this.#events[next % this.#capacity];
  }

  get lastId(): number {
    return this.#lastId;
  }

  /** Whether anyone listens. */
  get isHeard(): boolean {
    return this.#listeners.size > 0;
  }

  /** Tells every listener that no further event will come. */
  close(): void {
    this.#isClosed = true;
    for (const end of this.#endings) end();
    this.#endings.clear();
    this.#listeners.clear();
  }

  /** Calls `listener` with every further event, and `ended` when the log is closed. Calling the result stops both. */
  listen(listener: Listener, ended: () => void): () => void {
    if (this.#isClosed) {
      ended();
      return () => undefined;
    }
    this.#listeners.add(listener);
    this.#endings.add(ended);
    return () => {
      this.#listeners.delete(listener);
      this.#endings.delete(ended);
    };
  }
}
