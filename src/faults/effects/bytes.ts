import { Readable } from 'node:stream';

/** What can be sent: a text, or the answer of another server. */
export type Sendable = string | Buffer | Readable;

/** Whether there is anything to be sent. */
export function isSendable(payload: unknown): payload is Sendable {
  return (typeof payload === 'string' && payload !== '') || Buffer.isBuffer(payload) || payload instanceof Readable;
}

/** A payload in the pieces in which it comes. */
export async function* piecesOf(payload: Sendable): AsyncGenerator<Buffer> {
  if (payload instanceof Readable) for await (const piece of payload) yield Buffer.from(piece);
  else yield Buffer.from(payload);
}

/** All of a payload, once it is there. */
export async function bytesOf(payload: Sendable): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of piecesOf(payload)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** How long a payload is; undefined where nobody knows yet. */
export function lengthOf(payload: Sendable): number | undefined {
  return payload instanceof Readable ? undefined : Buffer.byteLength(payload);
}
