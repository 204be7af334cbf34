import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The exact bytes of an answer, head and body, without its date, which is in real time. */
export async function rawAnswer(url: string, { method, path, headers }: Call): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const lines = Object.entries({ Host: 'localhost', Connection: 'close', ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  socket.write(`${[`${method} ${path} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n`);
  return (await text(socket)).replace(/\r\ndate: [^\r]+/i, '');
}
