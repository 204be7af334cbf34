import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import type { Socket } from 'node:net';

const statusLines: ReadonlyMap<string, string> = new Map([
  ['HPE_HEADER_OVERFLOW', '431 Request Header Fields Too Large'],
  ['ERR_HTTP_REQUEST_TIMEOUT', '408 Request Timeout'],
]);

/** How long a client may take to close a connection once it was refused, in real time. */
const lingerMs = 500;

/** By connection, the answers that are not sent yet, in the order of their requests. */
const pending = new WeakMap<Socket, Set<ServerResponse>>();
/** Connections whose bytes are no longer read as requests. */
const unreadable = new WeakSet<Socket>();

/**
 * Notes that a request is being answered: an error of a later one on its connection has to wait. For a server's `request`. Over
 * HTTP/2 there is no order to keep to.
 */
export function noteAnswer(
  { socket }: IncomingMessage | Http2ServerRequest,
  response: ServerResponse | Http2ServerResponse,
): void {
  if (!(response instanceof ServerResponse)) return;
  const answers = pending.get(socket);
  if (answers === undefined) pending.set(socket, new Set([response]));
  else answers.add(response);
  response.on('close', forgetAnswer);
}

function forgetAnswer(this: ServerResponse): void {
  pending.get(this.req.socket)?.delete(this);
}

/**
 * Answers bytes that are not an HTTP request, in plain text, because they belong to no provider; the requests before them get
 * their answers first. For a server's `clientError`.
 */
export function answerUnreadable(error: Error & { readonly code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  // Every further piece of garbage is a further error.
  if (unreadable.has(socket)) return;
  unreadable.add(socket);
  refuseInTurn(socket, statusLines.get(error.code ?? '') ?? '400 Bad Request');
}

/** Waits for the answers to requests that came whole. One that did not come whole will not be answered any more. */
function refuseInTurn(socket: Socket, status: string): void {
  const answers = [...(pending.get(socket) ?? [])];
  const last = answers.findLast(({ req }) => req.complete);
  if (last !== undefined) last.once('close', () => refuseInTurn(socket, status));
  else if (answers.some(({ headersSent }) => headersSent)) socket.destroySoon();
  else refuse(socket, status);
}

function refuse(socket: Socket, status: string): void {
  if (!socket.writable) return;
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
