import { connect } from 'node:net';

/** A request with exactly these headers, beside `Host`. */
export interface WrittenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface WireAnswer {
  readonly status: number;
  readonly text: string;
}

/** Writes a request to a socket, so that no client library adds or removes a header, and reads the answer. */
export function send(url: string, { method, path, headers, body = '' }: WrittenRequest): Promise<WireAnswer> {
  const { hostname, port, host } = new URL(url);
  const lines = Object.entries({ Host: host, ...headers }).map(([name, value]) => `${name}: ${value}`);
  const written = [`${method} ${path} HTTP/1.1`, ...lines, '', body].join('\r\n');
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(written));
    let received = '';
    socket.setEncoding('utf8').on('error', reject);
    socket.on('data', (chunk) => {
      received += String(chunk);
      const answer = parse(received);
      if (answer === undefined) return;
      socket.destroy();
      resolve(answer);
    });
  });
}

/** The answer, once it is complete. */
function parse(received: string): WireAnswer | undefined {
  const [head = '', text] = received.split('\r\n\r\n', 2);
  if (text === undefined) return undefined;
  const length = Number(/^content-length: (\d+)$/im.exec(head)?.[1]);
  if (Buffer.byteLength(text) < length) return undefined;
  return { status: Number(head.split(' ', 2)[1]), text };
}
