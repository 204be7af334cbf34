import { EventSourceParserStream } from 'eventsource-parser/stream';
import type { Transport } from './transport.ts';
import type { EventOptions, EventStream, EventType, LatchkeyEvent } from './types.ts';

/** The events of a world from now on: the call is made at once. */
export function eventsOf<T extends EventType>(transport: Transport, { types }: EventOptions<T>): EventStream<T> {
  const aborter = new AbortController();
  const query = types === undefined ? '' : `?types=${types.join(',')}`;
  const opened = transport.stream('GET', `/events${query}`, aborter.signal);
  // A failure is thrown to whoever waits or iterates; until then it must not count as unhandled.
  opened.catch(() => undefined);
  return {
    get listening() {
      return opened.then(() => undefined);
    },
    close: () => aborter.abort(),
    async *[Symbol.asyncIterator]() {
      try {
        const messages = (await opened).pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
        for await (const { id, event, data } of messages) {
          const happened: LatchkeyEvent<T> = JSON.parse(`{"id":${id},"type":${JSON.stringify(event)},"data":${data}}`);
          yield happened;
        }
      } catch (error) {
        if (!aborter.signal.aborted) throw error;
      } finally {
        aborter.abort();
      }
    },
  };
}
