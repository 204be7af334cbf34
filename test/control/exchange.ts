import { type IncomingMessage, request as requestHttp } from 'node:http';

/** An answer as it came over the wire, complete or not. */
export interface Exchange {
  /** Undefined if not even a status came. */
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly bytes: Buffer;
  /** In how many pieces the body came. */
  readonly pieces: number;
  /** How the connection ended; undefined for a whole answer. */
  readonly failure: string | undefined;
}

interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Path and query to be sent literally, because a URL would normalise them. */
  readonly target?: string;
}

/** Sends a request over a connection of its own and gives what came back until the connection ended. */
export function exchange(url: string, { method = 'GET', headers = {}, body = '', target }: Sent = {}): Promise<Exchange> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    const seen: { answer?: IncomingMessage } = {};
    const end = (error?: Error & { readonly code?: string }) =>
      resolve({
        status: seen.answer?.statusCode,
        headers: seen.answer?.headers ?? {},
        body: Buffer.concat(pieces).toString('utf8'),
        bytes: Buffer.concat(pieces),
        pieces: pieces.length,
        failure: error === undefined ? undefined : (error.code ?? error.message),
      });
    const isSized = body !== '' && headers['transfer-encoding'] === undefined;
    const options = {
      method,
      agent: false,
      ...(target !== undefined && { path: target }),
      headers: { ...(isSized && { 'content-length': String(Buffer.byteLength(body)) }), ...headers },
    };
    const request = requestHttp(url, options, (answer) => {
      seen.answer = answer;
      answer.on('data', (piece) => pieces.push(piece));
      answer.on('end', () => end());
      answer.on('error', end);
    });
    request.on('error', end);
    request.end(body);
  });
}
