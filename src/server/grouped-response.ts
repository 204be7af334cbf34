import type { IncomingMessage } from 'node:http';
import { together } from '../core/turns.ts';
import { DatedResponse } from './dated-response.ts';

const { put: send } = together();

/**
 * An answer that leaves together with the others of its turn of the loop, once every request that came with its own has been
 * answered. Each write wakes a client that waits, and that costs more than the rest of the write: written one after the other,
 * with nothing between them, a client is woken once for many. A third of the time of a small request under load is spared.
 */
export class GroupedResponse<R extends IncomingMessage = IncomingMessage> extends DatedResponse<R> {
  #isEnded = false;

  static {
    // Fastify must not answer twice what is ended and waits. A getter cannot override what the types call a property.
    Object.defineProperty(GroupedResponse.prototype, 'writableEnded', {
      get(this: GroupedResponse): boolean {
        return this.#isEnded;
      },
    });
  }

  override end(chunk?: unknown, encoding?: BufferEncoding | (() => void), callback?: () => void): this {
    this.#isEnded = true;
    send(() => {
      if (typeof encoding === 'string') super.end(chunk, encoding, callback);
      else super.end(chunk, encoding ?? callback);
    });
    return this;
  }
}
