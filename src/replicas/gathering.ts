import { randomUUID } from 'node:crypto';
import { stopwatchMs } from '../clock.ts';
import { JournalIncompleteError } from '../journal/shared-journal.ts';
import { gatherChannel, gatheredChannel, type Journals } from '../store/postgres/journals.ts';
import { leaseMs } from '../store/postgres/members.ts';

/** How often who asks looks again, in milliseconds: what it should have heard may be lost. */
const lookMs = 200;
/** How long it waits: then the lease of one that was killed is over. */
const longestMs = leaseMs + 50;

export interface GatheringParts {
  readonly journals: Journals;
  /** The id of this process. */
  readonly process: string;
  /** Resolves once it is known which processes live. Throws StorageError. */
  settle(): Promise<void>;
  /** Writes what this process has of a world and nobody else can know. Throws StorageError. */
  write(worldId: number): Promise<void>;
}

/** Has every process that lives write its part of a world's journal, when somebody asks for it. */
export class Gathering {
  readonly #parts: GatheringParts;
  /** Wakes those who wait, by their tickets. */
  readonly #waiting = new Map<string, () => void>();
  readonly #answering = new Set<string>();

  constructor(parts: GatheringParts) {
    this.#parts = parts;
  }

  /** Resolves once all other processes have written what they had when this was called. Throws StorageError, JournalIncompleteError. */
  async ask(worldId: number): Promise<void> {
    const { journals, process } = this.#parts;
    await this.#parts.settle();
    const ticket = randomUUID();
    const bell = new Bell();
    this.#waiting.set(ticket, () => bell.ring());
    const untilMs = stopwatchMs() + longestMs;
    try {
      if (!(await journals.ask(ticket, worldId, process))) return;
      for (let isLast = false; ; ) {
        const missing = await journals.missing(ticket);
        if (missing.length === 0) return;
        if (isLast) throw incomplete(missing);
        await bell.wait(Math.min(lookMs, Math.max(untilMs - stopwatchMs(), 0)));
        isLast = stopwatchMs() >= untilMs;
      }
    } finally {
      this.#waiting.delete(ticket);
      // Whatever remains is removed by who asks later.
      journals.forget(ticket).catch(() => undefined);
    }
  }

  /** To be called with what is said on the channels. */
  hear(channel: string, said: string): void {
    const [ticket = '', worldId] = said.split(' ');
    if (channel === gatheredChannel) this.#waiting.get(ticket)?.();
    // What cannot be written now is tried again in a second.
    if (channel === gatherChannel) void this.#answer(ticket, Number(worldId)).catch(() => undefined);
  }

  /** Answers what was not heard. Throws StorageError. */
  async catchUp(): Promise<void> {
    const asked = await this.#parts.journals.unanswered(this.#parts.process);
    await Promise.all(asked.map(({ ticket, worldId }) => this.#answer(ticket, worldId)));
  }

  async #answer(ticket: string, worldId: number): Promise<void> {
    // Its own, or one that it is about to answer.
    if (this.#waiting.has(ticket) || this.#answering.has(ticket)) return;
    this.#answering.add(ticket);
    try {
      await this.#parts.write(worldId);
      await this.#parts.journals.answer(ticket, this.#parts.process);
    } finally {
      this.#answering.delete(ticket);
    }
  }
}

function incomplete(numbers: readonly number[]): JournalIncompleteError {
  const who = numbers.length === 1 ? `replica ${numbers[0]} has` : `replicas ${numbers.join(', ')} have`;
  return new JournalIncompleteError(
    `The journal may lack requests: ${who} not said within ${leaseMs / 1000} s what was answered there. Ask again; GET /_latchkey/replicas shows who lives.`,
  );
}

/** Somebody waits for it, and does not miss that it rang before. */
class Bell {
  #hasRung = false;
  #wake: () => void = () => undefined;

  ring(): void {
    this.#hasRung = true;
    this.#wake();
  }

  async wait(ms: number): Promise<void> {
    if (!this.#hasRung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#hasRung = false;
  }
}
