import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { connect as connectTls } from 'node:tls';

interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The exact bytes of an answer, head and body, without its date, which is in real time. */
export function rawAnswer(url: string, { method, path, headers }: Call): Promise<string> {
  return rawTalk(url, rawRequest({ method, path, headers: { Connection: 'close', ...headers } }));
}

/** The bytes of a request without a body. */
export function rawRequest({ method, path, headers }: Call): string {
  const lines = Object.entries({ Host: 'localhost', ...headers }).map(([name, value]) => `${name}: ${value}`);
  return `${[`${method} ${path} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n`;
}

/** Sends bytes over one connection, and gives all that is answered until the server ends it, without dates. For https: its authority. */
export async function rawTalk(url: string, sent: string, ca?: string | null): Promise<string> {
  const { protocol, hostname, port } = new URL(url);
  const to = { port: Number(port), host: hostname };
  const socket = protocol === 'https:' ? connectTls({ ...to, ca: ca ?? '', ALPNProtocols: ['http/1.1'] }) : connect(to);
  socket.write(sent);
  return (await text(socket)).replace(/\r\ndate: [^\r]+/gi, '');
}
