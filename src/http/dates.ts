import type { FastifyReply, FastifyRequest } from 'fastify';
import { toHttpDate } from '../clock.ts';

declare module 'node:http' {
  interface ServerResponse {
    /** What its header `Date` is to say instead of the real time; whatever writes its head puts it behind all other headers. */
    date?: string;
  }
}

declare module 'node:http2' {
  interface Http2ServerResponse {
    /** The same over HTTP/2. */
    date?: string;
  }
}

/** Dates an answer by the instant of its request, as everything in its body is, unless it has a date: clients compute from it how far their clock is off. */
export function dateAnswer({ now }: Pick<FastifyRequest, 'now'>, reply: FastifyReply): void {
  // Not as a header of the reply: those are sent in lower case, and stand before the date that Node writes.
  if (!reply.hasHeader('date')) reply.raw.date = toHttpDate(now);
}
