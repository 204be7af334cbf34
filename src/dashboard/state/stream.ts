import { createParser } from 'eventsource-parser';
import { send } from './calls.ts';
import type { StreamEvent } from './reduce.ts';

export interface Receiver {
  /** The stream is open: it brings every further event. */
  listening(): void;
  event(event: StreamEvent): void;
}

/** Reads the events of the world until the stream ends. Throws CallError, or what broke it. */
export async function readStream(receiver: Receiver, signal: AbortSignal): Promise<void> {
  const answer = await send('events', { signal, headers: { accept: 'text/event-stream' } });
  if (answer.body === null) return;
  const parser = createParser({
    onComment: (comment) => {
      if (comment.trim() === 'listening') receiver.listening();
    },
    onEvent: ({ id, event, data }) => receiver.event({ id: Number(id), type: event ?? '', data: JSON.parse(data) }),
  });
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    parser.feed(value);
  }
}
