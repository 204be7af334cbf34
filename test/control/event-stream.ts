/** An event as it came over the wire. */
export interface ReceivedEvent {
  readonly id: number;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A connection that listens to a world's events. */
export interface Listening {
  /** Waits for the next event; undefined once the stream has ended. */
  next(): Promise<ReceivedEvent | undefined>;
  /** Waits for this many events. */
  take(count: number): Promise<ReceivedEvent[]>;
  stop(): void;
}

/** Listens to `GET <base>/_latchkey/events<query>`; resolves once the stream is open. */
export async function listen(base: string, query = '', headers: Readonly<Record<string, string>> = {}): Promise<Listening> {
  const aborter = new AbortController();
  const answer = await fetch(`${base}/_latchkey/events${query}`, { headers, signal: aborter.signal });
  if (answer.status !== 200 || answer.body === null) throw new Error(`events: ${answer.status} ${await answer.text()}`);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = '';
  const block = async (): Promise<string | undefined> => {
    for (;;) {
      const end = buffer.indexOf('\n\n');
      if (end !== -1) {
        const found = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        return found;
      }
      const { done, value } = await reader.read();
      if (done) return undefined;
      buffer += value;
    }
  };
  const next = async (): Promise<ReceivedEvent | undefined> => {
    for (;;) {
      const found = await block();
      if (found === undefined) return undefined;
      if (!found.startsWith(':')) return parse(found);
    }
  };
  // The comment that opens the stream.
  await block();
  return {
    next,
    async take(count) {
      const events: ReceivedEvent[] = [];
      for (let event = count > 0 ? await next() : undefined; event !== undefined; ) {
        events.push(event);
        event = events.length < count ? await next() : undefined;
      }
      return events;
    },
    stop: () => aborter.abort(),
  };
}

function parse(block: string): ReceivedEvent {
  const fields = new Map(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
  return { id: Number(fields.get('id')), type: fields.get('event') ?? '', data: JSON.parse(fields.get('data') ?? '') };
}
