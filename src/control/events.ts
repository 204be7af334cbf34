import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { toIso } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';
import { pausing } from '../core/pieces.ts';
import type { Fault } from '../faults/fault.ts';
import type { FaultChange } from '../faults/faults.ts';
import type { Entry } from '../journal/entry.ts';
import { type EventLog, type EventType, eventTypes, type WorldEvent } from '../worlds/events.ts';
import { invalid } from './errors.ts';
import { faultView } from './faults.ts';
import { answers } from './schemas.ts';
import type { ControlScope } from './scope.ts';
import { keyView, summaryOf } from './views.ts';

/** Proxies and clients give up on a connection that stays silent. */
const heartbeatMs = 15_000;

const EventsQuery = Type.Object({
  types: Type.Optional(Type.String({ description: 'Comma-separated (default: all types)' })),
  since: Type.Optional(Type.Integer({ minimum: 0, description: 'As Last-Event-ID, for clients that cannot set the header' })),
});

/** What happens in a world, as it happens: server-sent events, resumable by `Last-Event-ID`. */
export function addEventRoutes(scope: ControlScope): void {
  scope.get(
    '/events',
    {
      schema: {
        operationId: 'streamEvents',
        tags: ['Journal'],
        summary: `Server-sent events: ${eventTypes.join(', ')}; resumable with Last-Event-ID`,
        querystring: EventsQuery,
        response: answers(Type.String({ description: 'text/event-stream' })),
      },
    },
    async (request, reply) => {
      const { world, query } = request;
      const types = readTypes(query.types);
      const since = lastEventIdOf(request) ?? query.since ?? world.events.lastId;
      await world.catchUp();
      reply.hijack();
      if (request.method === 'HEAD') reply.raw.writeHead(200, streamHeaders).end();
      else stream(reply, world.events, { types, since });
      return reply;
    },
  );
}

const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
};

interface Wanted {
  readonly types: ReadonlySet<EventType>;
  readonly since: number;
}

function stream({ raw }: FastifyReply, events: EventLog, wanted: Wanted): void {
  raw.writeHead(200, streamHeaders);
  // Sent at once, so that a client knows that the stream is open.
  raw.write(': listening\n\n');
  const sender = new Sender(raw, events, wanted);
  // At the pace of the reader: what is still to come waits in the log.
  raw.on('drain', () => sender.goOn());
  sender.send();
  const heartbeat = setInterval(() => sender.isFull || raw.write(': still here\n\n'), heartbeatMs).unref();
  const stop = events.listen(
    () => sender.send(),
    () => {
      clearInterval(heartbeat);
      raw.end();
    },
  );
  raw.on('close', () => {
    clearInterval(heartbeat);
    stop();
  });
}

/** Sends the events of a log that its receiver has not got yet. */
class Sender {
  readonly #raw: FastifyReply['raw'];
  readonly #events: EventLog;
  readonly #types: ReadonlySet<EventType>;
  #last: number;
  #isStarted = false;
  #isSending = false;
  /** Whether the receiver has to read before more is sent. */
  isFull = false;

  constructor(raw: FastifyReply['raw'], events: EventLog, { types, since }: Wanted) {
    this.#raw = raw;
    this.#events = events;
    this.#types = types;
    // An id that was never given, perhaps before a restart, hides nothing.
    this.#last = Math.min(since, events.lastId);
  }

  goOn(): void {
    this.isFull = false;
    this.send();
  }

  send(): void {
    if (this.#isSending) return;
    this.#isSending = true;
    this.#sendAll().catch(() => this.#raw.destroy());
  }

  async #sendAll(): Promise<void> {
    const pause = pausing();
    try {
      for (let event = this.#next(); event !== undefined; event = this.#next()) {
        this.#last = event.id;
        if (!this.#types.has(event.type)) continue;
        // Awaited only where there is something to wait for: the last events must be written before the log is closed.
        const waiting = prepared(event) ?? pause();
        if (waiting !== undefined) await waiting;
        if (this.#raw.writableEnded || this.#raw.destroyed) return;
        this.isFull = !this.#raw.write(textOf(event));
      }
    } finally {
      this.#isSending = false;
    }
  }

  #next(): WorldEvent | undefined {
    const event = this.isFull ? undefined : this.#events.after(this.#last);
    const isGap = event !== undefined && this.#isStarted && event.id > this.#last + 1;
    this.#isStarted = true;
    if (!isGap) return event;
    // Events were overwritten before this listener had read them: it has to learn that it missed some.
    this.#raw.destroy();
    return undefined;
  }
}

/** Makes the long texts of a request in pieces. */
function prepared({ data }: WorldEvent): Promise<void> | undefined {
  const content = data();
  return isEntry(content) ? content.texts.prepareHead() : undefined;
}

function textOf(event: WorldEvent): string {
  return `id: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(viewOf(event))}\n\n`;
}

/** An event as it is sent, with its keys and requests as lists show them, without secrets. */
function viewOf({ type, at, data }: WorldEvent): object {
  const content = data();
  const shown = { at: toIso(at) };
  if (isTransition(content)) return { ...shown, transition: content.transition, key: keyView(content.key, at) };
  if (isEntry(content)) return summaryOf(content);
  if (isFaultChange(content)) {
    const { id, ...terms } = faultView(content.fault);
    return { ...shown, change: content.change, fault: id, ...terms };
  }
  if (type === 'clock' && 'now' in content) return { ...content, now: toIso(at) };
  return { ...shown, ...content };
}

function isTransition(content: object): content is { readonly transition: string; readonly key: ApiKey } {
  return 'transition' in content && 'key' in content;
}

function isFaultChange(content: object): content is { readonly change: FaultChange; readonly fault: Fault } {
  return 'change' in content && 'fault' in content;
}

function isEntry(content: object): content is Entry {
  return 'durationMs' in content && 'texts' in content;
}

function readTypes(text: string | undefined): ReadonlySet<EventType> {
  if (text === undefined || text === '') return new Set(eventTypes);
  const wanted = text.split(',').map((word) => word.trim());
  const unknown = wanted.find((word) => !eventTypes.some((type) => type === word));
  if (unknown !== undefined) throw invalid(`unknown event ${JSON.stringify(unknown)}: expected some of ${eventTypes.join(', ')}`);
  return new Set(eventTypes.filter((type) => wanted.includes(type)));
}

function lastEventIdOf({ headers }: FastifyRequest): number | undefined {
  const last = headers['last-event-id'];
  return typeof last === 'string' && /^\d{1,15}$/.test(last) ? Number(last) : undefined;
}
