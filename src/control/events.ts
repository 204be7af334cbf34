import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { toIso } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';
import type { Entry } from '../journal/entry.ts';
import { type EventLog, type EventType, eventTypes, type WorldEvent } from '../worlds/events.ts';
import { invalid } from './errors.ts';
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

function stream({ raw }: FastifyReply, events: EventLog, { types, since }: Wanted): void {
  raw.writeHead(200, streamHeaders);
  // Sent at once, so that a client knows that the stream is open.
  raw.write(': listening\n\n');
  // An id that was never given, perhaps before a restart, hides nothing.
  let last = Math.min(since, events.lastId);
  let [isFull, isStarted] = [false, false];
  const send = () => {
    for (let event = events.after(last); event !== undefined && !isFull; event = events.after(last)) {
      // Events were overwritten before this listener had read them: it has to learn that it missed some.
      if (isStarted && event.id > last + 1) return void raw.destroy();
      last = event.id;
      if (types.has(event.type)) isFull = !raw.write(textOf(event));
    }
    isStarted = true;
  };
  // At the pace of the reader: what is still to come waits in the log.
  raw.on('drain', () => {
    isFull = false;
    send();
  });
  send();
  const heartbeat = setInterval(() => isFull || raw.write(': still here\n\n'), heartbeatMs).unref();
  const stop = events.listen(send, () => {
    clearInterval(heartbeat);
    raw.end();
  });
  raw.on('close', () => {
    clearInterval(heartbeat);
    stop();
  });
}

function textOf(event: WorldEvent): string {
  return `id: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(viewOf(event))}\n\n`;
}

/** An event as it is sent, with its keys and requests as lists show them, without secrets. */
function viewOf(event: WorldEvent): object {
  const { type, at } = event;
  const content = event.data();
  const shown = { at: toIso(at) };
  if (isTransition(content)) return { ...shown, transition: content.transition, key: keyView(content.key, at) };
  if (isEntry(content)) return summaryOf(content);
  if (type === 'clock' && 'now' in content) return { ...content, now: toIso(at) };
  return { ...shown, ...content };
}

function isTransition(content: object): content is { readonly transition: string; readonly key: ApiKey } {
  return 'transition' in content && 'key' in content;
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
