import type { FastifyReply, FastifyRequest } from 'fastify';
import { toHttpDate } from '../clock.ts';

/** Dates an answer by the instant of its request, as everything in its body is, unless it has a date: clients compute from it how far their clock is off. */
export function dateAnswer({ now }: Pick<FastifyRequest, 'now'>, reply: FastifyReply): void {
  // Not as a header of the reply, whose names are sent in lower case.
  if (!reply.hasHeader('date')) reply.raw.setHeader('Date', toHttpDate(now));
}
