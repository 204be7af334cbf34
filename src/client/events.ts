import { createParser } from 'eventsource-parser';
import type { Transport } from './transport.ts';
import type { EventOptions, EventStream, EventType, LatchkeyEvent } from './types.ts';

/** The events of a world from now on: the call is made at once. */
export function eventsOf<T extends EventType>(transport: Transport, { types }: EventOptions<T>): EventStream<T> {
  const query = types === undefined ? '' : `?types=${types.join(',')}`;
  const opened = transport.stream(`/events${query}`, 'text/event-stream');
  let isClosed = false;
  const close = () => {
    isClosed = true;
    opened.close();
  };
  // A failure is thrown to whoever waits or iterates; until then it must not count as unhandled.
  opened.text.catch(() => undefined);
  return {
    get listening() {
      return opened.text.then(() => undefined);
    },
    close,
    async *[Symbol.asyncIterator]() {
      const waiting: LatchkeyEvent<T>[] = [];
      const parser = createParser({
        onEvent: ({ id, event, data }) => waiting.push(JSON.parse(`{"id":${id},"type":${JSON.stringify(event)},"data":${data}}`)),
      });
      try {
        for await (const piece of await opened.text) {
          parser.feed(piece);
          yield* waiting.splice(0);
        }
      } catch (error) {
        if (!isClosed) throw error;
      } finally {
        close();
      }
    },
  };
}
