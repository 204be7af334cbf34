/**
 * Time. The only file that may use `Date`: everything else is handed an instant, so that moving a world's clock moves
 * everything in the world.
 */

/** Milliseconds since 1970-01-01T00:00:00Z on a world's clock. */
export type Instant = number;

/** The source of `now`. It is read once per operation, and the instant is handed down. */
export interface Clock {
  now(): Instant;
}

/** What a clock shows at a moment. */
export interface ClockReading {
  readonly now: Instant;
  readonly frozen: boolean;
  /** How far the clock is ahead of real time; negative when it is behind. */
  readonly offsetMs: number;
}

/** How a clock that can be moved stands, as plain data. */
export interface ClockState {
  /** How far it is ahead of real time while it runs; negative when it is behind. */
  readonly offsetMs: number;
  /** The instant at which it stands still; null while it runs. */
  readonly frozenAt: Instant | null;
}

/** Real time. */
export const systemClock: Clock = { now: () => Date.now() };

/** The first and the last instant that RFC 3339 can write (years 0000 to 9999). */
export const earliestInstant: Instant = Date.parse('0000-01-01T00:00:00.000Z');
export const latestInstant: Instant = Date.parse('9999-12-31T23:59:59.999Z');

/** Whether RFC 3339 can write an instant. */
export function isWritable(instant: Instant): boolean {
  return Number.isSafeInteger(instant) && instant >= earliestInstant && instant <= latestInstant;
}

/**
 * A clock that a test can move: real time plus an offset, or frozen. It shows only instants that RFC 3339 can write: at the
 * end of the year 9999 it stands still.
 * `startAt` is the instant that it shows at first and after `reset`; undefined means real time.
 */
export class VirtualClock implements Clock {
  readonly #real: Clock;
  readonly #startAt: Instant | undefined;
  #offsetMs = 0;
  #frozenAt: Instant | undefined;
  #onMove: (reading: ClockReading) => void = () => undefined;

  /** Throws RangeError for a start outside the years 0000 to 9999. */
  constructor(startAt?: Instant, real: Clock = systemClock) {
    this.#real = real;
    this.#startAt = startAt;
    this.reset();
  }

  /** Calls `onMove` after every move of the clock, freezing and resuming included, with the new reading. */
  watch(onMove: (reading: ClockReading) => void): void {
    this.#onMove = onMove;
  }

  now(): Instant {
    return this.#frozenAt ?? this.#runningAt(this.#real.now());
  }

  read(): ClockReading {
    return this.#readAt(this.#real.now());
  }

  /** How it stands. */
  get state(): ClockState {
    return { offsetMs: this.#offsetMs, frozenAt: this.#frozenAt ?? null };
  }

  /** Stands as another clock over the same real time does. A move if it shows something else from now on than it would have shown. */
  adopt({ offsetMs, frozenAt }: ClockState): void {
    const before = this.state;
    this.#offsetMs = offsetMs;
    this.#frozenAt = frozenAt ?? undefined;
    // The offset of a frozen clock shows once it runs, from where it stood: nowhere.
    if (before.frozenAt !== frozenAt || (frozenAt === null && before.offsetMs !== offsetMs)) this.#onMove(this.read());
  }

  /**
   * Moves the clock to an instant; a frozen clock stays frozen. Returns the new reading, as every move does.
   * Throws RangeError outside the years 0000 to 9999.
   */
  set(instant: Instant): ClockReading {
    return this.put({ now: instant });
  }

  /** Moves the clock, and freezes it or lets it run, in one move; what is left out stays as it was. Throws RangeError as `set` does. */
  put({ now, frozen }: Partial<Pick<ClockReading, 'now' | 'frozen'>>): ClockReading {
    const realNow = this.#real.now();
    const before = this.#readAt(realNow);
    return this.#moveTo(realNow, now ?? before.now, frozen ?? before.frozen);
  }

  /** Moves the clock by a duration, which may be negative. Throws RangeError as `set` does. */
  advance(byMs: number): ClockReading {
    const realNow = this.#real.now();
    const { now, frozen } = this.#readAt(realNow);
    return this.#moveTo(realNow, now + byMs, frozen);
  }

  freeze(): ClockReading {
    return this.put({ frozen: true });
  }

  /** Freezes exactly at an instant. Throws RangeError as `set` does. */
  freezeAt(instant: Instant): ClockReading {
    return this.put({ now: instant, frozen: true });
  }

  /** Lets a frozen clock run from the instant that it shows. */
  resume(): ClockReading {
    return this.#frozenAt === undefined ? this.read() : this.put({ frozen: false });
  }

  /** The instant that it would show after a reset. */
  startsAt(): Instant {
    return this.#startAt ?? this.#real.now();
  }

  /** How it would stand after a reset. */
  get startState(): ClockState {
    return { offsetMs: this.#startAt === undefined ? 0 : this.#startAt - this.#real.now(), frozenAt: null };
  }

  /** Back to the start setting, running. */
  reset(): void {
    const realNow = this.#real.now();
    this.#moveTo(realNow, this.#startAt ?? realNow, false);
  }

  /** `realNow` is read once per move, so that `onMove` is told exactly the instant that the clock was moved to. */
  #moveTo(realNow: Instant, instant: Instant, frozen: boolean): ClockReading {
    checkWritable(instant);
    this.#frozenAt = frozen ? instant : undefined;
    if (!frozen) this.#offsetMs = instant - realNow;
    const reading = this.#readAt(realNow);
    this.#onMove(reading);
    return reading;
  }

  #readAt(realNow: Instant): ClockReading {
    const now = this.#frozenAt ?? this.#runningAt(realNow);
    return { now, frozen: this.#frozenAt !== undefined, offsetMs: now - realNow };
  }

  #runningAt(realNow: Instant): Instant {
    return Math.min(Math.max(realNow + this.#offsetMs, earliestInstant), latestInstant);
  }
}

function checkWritable(instant: Instant): void {
  if (!isWritable(instant)) throw new RangeError('the clock shows whole milliseconds of the years 0000 to 9999');
}

/** Milliseconds of real time since an arbitrary instant, never going back: for measuring how long something takes. */
export function stopwatchMs(): number {
  return performance.now();
}

/** An instant for libraries that take a `Date`. */
export function dateOf(instant: Instant): Date {
  return new Date(instant);
}

/** How many texts are remembered of each spelling: when there are more, all are forgotten. */
const mostTexts = 4096;

/** Remembers the texts of instants: those of a list are written again and again. */
function remembering(write: (instant: Instant) => string): (instant: Instant) => string {
  const texts = new Map<Instant, string>();
  return (instant) => {
    const known = texts.get(instant);
    if (known !== undefined) return known;
    if (texts.size >= mostTexts) texts.clear();
    const text = write(instant);
    texts.set(instant, text);
    return text;
  };
}

/** `2030-01-01T00:00:00.000Z`: always in UTC, with three decimals of a second. */
export const toIso: (instant: Instant) => string = remembering((instant) => new Date(instant).toISOString());

/** The second that `toHttpDate` wrote last, and its text: most answers are dated by the second of the one before. */
let dated = { second: Number.NaN, text: '' };

/** `Tue, 01 Jan 2030 00:00:00 GMT`: as the header `Date` has it. */
export function toHttpDate(instant: Instant): string {
  const second = Math.floor(instant / 1000);
  if (second !== dated.second) dated = { second, text: new Date(instant).toUTCString() };
  return dated.text;
}

/** `toIso` without trailing zeros in the fraction, and without a fraction of zero, like Go's RFC3339Nano. */
export const toTrimmedIso: (instant: Instant) => string = remembering((instant) => toIso(instant).replace(/\.?0*Z$/, 'Z'));

const secondToIso = remembering((second) => `${toIso(second * 1000).slice(0, -'.000Z'.length)}Z`);

/** The same in whole seconds, rounded down. */
export function toIsoSeconds(instant: Instant): string {
  return secondToIso(Math.floor(instant / 1000));
}

const rfc3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

/** Reads an RFC 3339 date-time with a zone, to the millisecond, rounded down; undefined for any other text. */
export function fromIso(text: string): Instant | undefined {
  const match = rfc3339.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', sign, offsetHour = '0', offsetMinute = '0'] = match;
  const civil = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
  const local = Date.parse(civil);
  // Date.parse rolls 30 February over into March: only a date that exists comes back as it was written.
  if (Number.isNaN(local) || toIso(local) !== civil) return undefined;
  if (Number(offsetHour) > 23 || Number(offsetMinute) > 59) return undefined;
  const offsetMs = (Number(offsetHour) * 60 + Number(offsetMinute)) * 60_000;
  return sign === '-' ? local + offsetMs : local - offsetMs;
}
