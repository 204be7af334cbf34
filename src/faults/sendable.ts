import { Readable } from 'node:stream';

/** A payload that can be sent: a text, bytes, or the answer of another server. */
export type Sendable = string | Buffer | Readable;

/** Whether a payload has anything to send. */
export function isSendable(payload: unknown): payload is Sendable {
  return (typeof payload === 'string' && payload !== '') || Buffer.isBuffer(payload) || payload instanceof Readable;
}

/** The pieces of a payload as they arrive. */
export async function* piecesOf(payload: Sendable): AsyncGenerator<Buffer> {
  if (payload instanceof Readable) for await (const piece of payload) yield Buffer.from(piece);
  else yield Buffer.from(payload);
}

/** The whole payload, once it has arrived. */
export async function bytesOf(payload: Sendable): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of piecesOf(payload)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** The length of a payload in bytes; undefined if it is not known yet. */
export function lengthOf(payload: Sendable): number | undefined {
  return payload instanceof Readable ? undefined : Buffer.byteLength(payload);
}
