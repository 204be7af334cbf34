import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { trimBlanks } from '../../../http/blanks.ts';
import { WireError } from '../../../provider/provider.ts';

/**
 * Hooks of a route whose answers are compressed. The real server wraps its GETs in xi2/httpgzip (010ebfc0), inside its
 * authentication, so that a 401 is never compressed; short answers are, unlike there. FIDELITY: Bytes and headers.
 */
export const gzipped = {
  preHandler: (request: FastifyRequest, _reply: FastifyReply, done: (refusal?: Error) => void): void => {
    const { gzip, identity } = accepted(request);
    done(gzip === undefined && identity === undefined ? new WireError({ status: 406, body: null }) : undefined);
  },
  onSend: (request: FastifyRequest, reply: FastifyReply, payload: unknown, done: Sending): void => {
    if (reply.statusCode === 401) return void done(null, payload);
    reply.header('vary', 'Accept-Encoding');
    if (typeof payload !== 'string' || payload === '' || !isWanted(request)) return void done(null, payload);
    reply.header('content-encoding', 'gzip');
    gzip(payload, done);
  },
};

type Sending = (error: Error | null, payload?: unknown) => void;

function isWanted(request: FastifyRequest): boolean {
  const { gzip, identity } = accepted(request);
  if (gzip === undefined) return false;
  return identity === undefined || gzip >= identity;
}

const onlyIdentity = { gzip: undefined, identity: 0 };

/** The weights that `Accept-Encoding` gives the two encodings; undefined for one that it excludes. */
function accepted(request: FastifyRequest): { readonly gzip: number | undefined; readonly identity: number | undefined } {
  const header = request.headers['accept-encoding'];
  if (header === undefined) return onlyIdentity;
  const entries = header.split(',').map(readEntry);
  // Entry by entry, as the library does it: `*;q=0, gzip` accepts gzip, `gzip, *;q=0` accepts neither.
  const weightOf = (coding: string, unnamed: number | undefined) =>
    entries.reduce((weight, entry) => {
      if (entry.name !== coding && entry.name !== '*') return weight;
      return entry.weight === 0 ? undefined : Math.max(weight ?? 0, entry.weight);
    }, unnamed);
  return { gzip: weightOf('gzip', undefined), identity: weightOf('identity', 0) };
}

/** Reads `gzip;q=0.5`: a coding with its weight, which is at most 1, and 1 when it is absent or not a number. */
function readEntry(entry: string): { readonly name: string; readonly weight: number } {
  const [name = '', parameter = ''] = entry.split(';').map((part) => trimBlanks(part).toLowerCase());
  const weight = /^q=(?:\d+\.?\d*|\.\d+)$/.test(parameter) ? Number(parameter.slice(2)) : 1;
  return { name, weight: Math.min(weight, 1) };
}
