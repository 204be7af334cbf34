import type { IncomingMessage } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import type { Socket } from 'node:net';

/** Headers that belong to one HTTP/1.1 connection, not to the message. */
export const headersOfConnection: readonly string[] = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'upgrade',
];

/** The connection that a request came over. */
export interface Transport {
  /** The TCP connection, which other requests may share. */
  readonly socket: Socket;
  /** Breaks off an answer after the part that was sent. */
  breakOff(): void;
}

const transports = new WeakMap<IncomingMessage | Http2ServerRequest, Transport>();

/** Notes the transport of an encrypted request. */
export function carryOver(request: IncomingMessage | Http2ServerRequest, transport: Transport): void {
  transports.set(request, transport);
}

/** The transport of a request; its socket if it is not encrypted. */
export function transportOf(request: IncomingMessage | Http2ServerRequest): Transport {
  const { socket } = request;
  return transports.get(request) ?? { socket, breakOff: () => socket.destroySoon() };
}
