import { setTimeout as sleep } from 'node:timers/promises';
import { stopwatchMs } from '../clock.ts';
import { DatabaseError, StorageError } from '../core/world-store.ts';
import { type Joined, leaseMs, type Members, mostMembers, type SettingDigests } from '../store/postgres/members.ts';
import type { Numbering } from './numbering.ts';

/** How often a process says that it lives, in milliseconds. */
const everyMs = 1000;
/** A longer pause means that the database could not be reached, by others neither. */
const steadyMs = everyMs + 500;
/** For how long after that it may answer without asking again: others must not count it as gone meanwhile. */
const freshMs = leaseMs - 500;

export interface MembershipParts {
  readonly members: Members;
  readonly numbering: Numbering;
  readonly process: string;
  readonly version: string;
  /** Those that all processes must share. */
  readonly settings: SettingDigests;
  /** Called every second. What it throws is not heard. */
  onRenewed(): Promise<void>;
}

/** The place of this process among those that serve the worlds: who asks for a journal waits for those that live. */
export class Membership {
  readonly #parts: MembershipParts;
  #settings: SettingDigests;
  #since: number | null = null;
  /** When it last asked to be counted as living, by the stopwatch. */
  #renewedMs = Number.NEGATIVE_INFINITY;
  /** From then on, by the stopwatch, those that have not said that they live do not. */
  #settledMs = 0;
  #renewing: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #hasStopped = false;

  constructor(parts: MembershipParts) {
    this.#parts = parts;
    this.#settings = parts.settings;
  }

  /** Whether all others know that this process lives. */
  get isFresh(): boolean {
    return stopwatchMs() - this.#renewedMs < freshMs;
  }

  /** Joins. Throws StorageError; its cause is a DatabaseError if too many live, or with other settings. */
  async join(): Promise<void> {
    const { members, process } = this.#parts;
    await this.#renew();
    if (await members.areSomeMissing()) this.#settledMs = stopwatchMs() + leaseMs;
    this.#since = (await members.living()).find((one) => one.process === process)?.since ?? null;
    this.#timer = setInterval(() => void this.#tick(), everyMs).unref();
  }

  /** Resolves once all others know that this process lives. Throws StorageError, also if it may not any more. */
  renew(): Promise<void> {
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = undefined;
    });
    return this.#renewing;
  }

  /**
   * Resolves once it is known who lives: when nobody could reach the database for a while, the leases of all are over, and all say
   * again that they live as soon as they can. Throws StorageError.
   */
  async settle(): Promise<void> {
    if (stopwatchMs() - this.#renewedMs > steadyMs) await this.renew();
    const leftMs = this.#settledMs - stopwatchMs();
    if (leftMs > 0) await sleep(leftMs);
  }

  /** Says that some settings of this process are others by now. Throws StorageError. */
  async tell(changed: SettingDigests): Promise<void> {
    this.#settings = { ...this.#settings, ...changed };
    await this.#renewing?.catch(() => undefined);
    await this.renew();
  }

  /** To be called when everything was written. Throws StorageError. */
  async leave(): Promise<void> {
    this.stop();
    await this.#renewing?.catch(() => undefined);
    await this.#parts.members.leave(this.#parts.process);
  }

  /** Says no more that this process lives: whoever asks waits until its lease is over. */
  stop(): void {
    this.#hasStopped = true;
    clearInterval(this.#timer);
  }

  async #tick(): Promise<void> {
    // Whoever cannot be reached now is asked again in a second, and before the next request is answered.
    await this.renew()
      .then(() => this.#parts.onRenewed())
      .catch(() => undefined);
  }

  async #renew(): Promise<void> {
    if (this.#hasStopped) return;
    const { members, numbering, process } = this.#parts;
    const askedMs = stopwatchMs();
    numbering.number = (await members.renew(process, this.#settings)) ?? (await this.#joinAgain());
    const pauseMs = stopwatchMs() - this.#renewedMs;
    if (Number.isFinite(pauseMs) && pauseMs > steadyMs) this.#settledMs = stopwatchMs() + leaseMs;
    this.#renewedMs = askedMs;
  }

  /** Takes a number, and gives it. Throws StorageError. */
  async #joinAgain(): Promise<number> {
    const { members, process, version } = this.#parts;
    const settings = this.#settings;
    // A process that serves the worlds already may have read its seed again before the others do, or after them.
    const { '--seed': _, ...lasting } = settings;
    const compared = this.#since === null ? settings : lasting;
    const joined = await members.join({ process, version, settings, compared, since: this.#since });
    if (joined.number !== undefined) return joined.number;
    const why = refusalOf(joined);
    throw new StorageError(`The database cannot be used now: ${why}.`, {
      cause: new DatabaseError(`cannot use the database: ${why}`),
    });
  }
}

function refusalOf({ differing }: Joined): string {
  if (differing.length === 0) return `${mostMembers} processes serve its worlds already, and more cannot; stop one of them`;
  return `the processes that serve its worlds have other settings (${differing.join(', ')}): give all the same, or stop those first`;
}
