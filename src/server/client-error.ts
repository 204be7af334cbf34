import type { IncomingMessage, Server } from 'node:http';
import type { Http2SecureServer, Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import type { Socket } from 'node:net';
import { latestOn, unsentOn } from './exchanges.ts';

const statusLines: ReadonlyMap<string, string> = new Map([
  ['HPE_HEADER_OVERFLOW', '431 Request Header Fields Too Large'],
  ['ERR_HTTP_REQUEST_TIMEOUT', '408 Request Timeout'],
]);

/** Is told of every answer to bytes that are not a request: its status, its text, and the address that they came from. */
export type ToldUnreadable = (status: number, text: string, from: string | undefined) => void;

/** How long a client may take to close a connection once it was refused, in real time. */
const lingerMs = 500;

/** Connections whose bytes are no longer read as requests. */
const unreadable = new WeakSet<Socket>();

/**
 * Answers bytes that are not an HTTP request, in plain text, because they belong to no provider; the requests before them get
 * their answers first. For a server's `clientError`.
 */
export function answerUnreadable(error: Error & { readonly code?: string }, socket: Socket, tell: ToldUnreadable): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  // Every further piece of garbage is a further error.
  if (unreadable.has(socket)) return;
  unreadable.add(socket);
  refuseInTurn(socket, statusLines.get(error.code ?? '') ?? '400 Bad Request', tell);
}

/**
 * Makes a server hand on what Node answers itself if nobody listens: a request that expects more than `100-continue` is refused
 * by its provider, and CONNECT, which no server here offers, as bytes that are not a request.
 */
export function answerExceptions(server: Server | Http2SecureServer): void {
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  server.on('connect', (_request: IncomingMessage | Http2ServerRequest, peer: Socket | Http2ServerResponse) => {
    if ('writeHead' in peer) peer.writeHead(400).end();
    else server.emit('clientError', new Error('CONNECT'), peer);
  });
}

/** Waits for the answers to requests that came whole. One that did not come whole will not be answered any more. */
function refuseInTurn(socket: Socket, status: string, tell: ToldUnreadable): void {
  const answers = unsentOn(socket);
  const last = answers.findLast(({ req }) => req.complete);
  if (last !== undefined) last.once('close', () => refuseInTurn(socket, status, tell));
  else if (answers.some(({ headersSent }) => headersSent)) socket.destroySoon();
  else refuse(socket, status, tell);
}

function refuse(socket: Socket, status: string, tell: ToldUnreadable): void {
  if (!socket.writable) return;
  // Browsers open connections that they may never use. The rest of a request is no further one: it is recorded by its head.
  if (socket.bytesRead > 0 && latestOn(socket)?.complete !== false)
    tell(Number.parseInt(status, 10), status, socket.remoteAddress);
  const head = [
    `HTTP/1.1 ${status}`,
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${status.length}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${status}`);
  // Destroyed at once, it could lose the answer; and the client may never close its own end.
  const lingering = setTimeout(() => socket.destroy(), lingerMs).unref();
  socket.once('close', () => clearTimeout(lingering));
}
