import { connect } from 'node:http2';
import { request as requestHttps } from 'node:https';
import { text } from 'node:stream/consumers';

/** A call over https, to 127.0.0.1 whatever the URL names. */
export interface SecureCall {
  readonly url: string;
  /** The only authority that is trusted. */
  readonly ca: string | null;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface SecureAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Calls over HTTP/1.1, on a new connection. Rejects if the certificate is not one for the host. */
export function overHttp1({ url, ca, method = 'GET', headers = {}, body = '' }: SecureCall): Promise<SecureAnswer> {
  return new Promise((resolve, reject) => {
    const options = { ca: ca ?? '', method, headers, agent: false as const, lookup: toLoopback };
    const call = requestHttps(url, options, (answer) => {
      text(answer).then((content) => resolve({ status: answer.statusCode ?? 0, body: parsed(content) }), reject);
    });
    call.on('error', reject);
    call.end(body);
  });
}

/** Calls over HTTP/2, on a new session. */
export function overHttp2({ url, ca, method = 'GET', headers = {}, body = '' }: SecureCall): Promise<SecureAnswer> {
  const { origin, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    const session = connect(origin, { ca: ca ?? '', lookup: toLoopback });
    session.on('error', reject);
    const stream = session.request({ ':method': method, ':path': pathname + search, ...headers }, { endStream: body === '' });
    let status = 0;
    let content = '';
    stream.setEncoding('utf8');
    stream.on('response', (head) => {
      status = head[':status'] ?? 0;
    });
    stream.on('data', (piece) => {
      content += piece;
    });
    stream.on('error', reject);
    stream.on('close', () => {
      session.close();
      if (status === 0) reject(new Error('nothing was answered'));
      else if (stream.rstCode === 0) resolve({ status, body: parsed(content) });
    });
    if (body !== '') stream.end(body);
  });
}

function parsed(content: string): unknown {
  return content === '' ? undefined : JSON.parse(content);
}

type Found = (error: null, address: string | { address: string; family: number }[], family?: number) => void;

/** Resolves every name to the emulator. */
function toLoopback(_name: string, { all }: { readonly all?: boolean | undefined }, found: Found): void {
  if (all) found(null, [{ address: '127.0.0.1', family: 4 }]);
  else found(null, '127.0.0.1', 4);
}
