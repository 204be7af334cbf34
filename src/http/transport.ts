import type { IncomingMessage } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import type { Socket } from 'node:net';

/** Headers that concern one connection of HTTP/1.1, not the message. */
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
  /** Breaks an answer off, after what was sent of it. */
  breakOff(): void;
}

const transports = new WeakMap<IncomingMessage | Http2ServerRequest, Transport>();

/** Notes the transport of an encrypted request. */
export function carryOver(request: IncomingMessage | Http2ServerRequest, transport: Transport): void {
  transports.set(request, transport);
}

/** The transport of a request: of one that is not encrypted, its socket. */
export function transportOf(request: IncomingMessage | Http2ServerRequest): Transport {
  const { socket } = request;
  return transports.get(request) ?? { socket, breakOff: () => socket.destroySoon() };
}
