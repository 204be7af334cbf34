import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import type { Socket } from 'node:net';

/** What is asked and answered on a connection. */
interface Exchanges {
  /** The request that came last. */
  latest: IncomingMessage;
  /** The answers that were not sent when it came, in the order of their requests, and its own. */
  readonly answers: ServerResponse[];
}

/** By connection. What was answered is taken out when the next request comes: no answer needs a listener for it. */
const exchanges = new WeakMap<Socket, Exchanges>();

/** Notes that a request is being answered. For a server's `request`. Over HTTP/2 there is no order to keep to. */
export function noteAnswer(_request: IncomingMessage | Http2ServerRequest, response: ServerResponse | Http2ServerResponse): void {
  if (!(response instanceof ServerResponse)) return;
  const { req } = response;
  const known = exchanges.get(req.socket);
  if (known === undefined) return void exchanges.set(req.socket, { latest: req, answers: [response] });
  known.latest = req;
  while (known.answers[0]?.closed) known.answers.shift();
  known.answers.push(response);
}

/** The answers on a connection that are not sent yet, in the order of their requests. */
export function unsentOn(socket: Socket): readonly ServerResponse[] {
  return exchanges.get(socket)?.answers.filter(({ closed }) => !closed) ?? [];
}

/** The request that came last on a connection. */
export function latestOn(socket: Socket): IncomingMessage | undefined {
  return exchanges.get(socket)?.latest;
}
