import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import type { TestEmulator } from '../support/emulator.ts';
import type { Aim, FuzzedRequest } from './requests.ts';

/** Longer than any answer takes, even on a busy machine: a request that takes longer hangs. */
const patienceMs = 10_000;
const agent = new Agent({ keepAlive: true });

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** The operations that fuzzed requests to a provider aim at: mostly emulated ones. */
export async function aimsOf(
  { request }: Pick<TestEmulator, 'request'>,
  name: string,
  unimplemented: readonly Aim[],
): Promise<Aim[]> {
  const { body } = await request.get('/_latchkey/providers').expect(200);
  const found: { readonly operations: readonly Aim[] } | undefined = body.providers.find(
    (one: { readonly name: string }) => one.name === name,
  );
  const operations = found?.operations ?? [];
  return [...operations, ...operations, ...operations, ...unimplemented];
}

/** Sends a request as it is, valid or not. */
export function send(base: string, { method, path, headers, body }: FuzzedRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    // Node would send the body of a DELETE without its length.
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const options = { method, headers: { ...headers, ...length }, agent, timeout: patienceMs };
    const sending = httpRequest(base + path, options, async (response) => {
      const parts: Buffer[] = [];
      for await (const part of response) parts.push(part);
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts).toString('utf8') });
    });
    sending.on('timeout', () => sending.destroy(new Error(`${method} ${path} hangs`)));
    sending.on('error', reject);
    sending.end(body);
  });
}
