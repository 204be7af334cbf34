import type { IncomingMessage } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import type { Socket } from 'node:net';

/** Headers that are about one connection of HTTP/1.1, not about what is said over it. */
export const headersOfConnection: readonly string[] = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'upgrade',
];

/** What an encrypted request came over. */
export interface Transport {
  /** The TCP connection: what is done to it hits all that goes over it. */
  readonly socket: Socket;
  /** Ends an answer before its end, after what was sent of it. */
  breakOff(): void;
}

const transports = new WeakMap<IncomingMessage | Http2ServerRequest, Transport>();

/** Says what an encrypted request came over. */
export function carryOver(request: IncomingMessage | Http2ServerRequest, transport: Transport): void {
  transports.set(request, transport);
}

/** What a request came over: where it is not encrypted, the connection alone. */
export function transportOf(request: IncomingMessage | Http2ServerRequest): Transport {
  const { socket } = request;
  return transports.get(request) ?? { socket, breakOff: () => socket.destroySoon() };
}
