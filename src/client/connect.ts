import { type CredentialsByProvider, clientOf } from './client.ts';
import { LatchkeyError } from './error.ts';
import { httpTransport } from './transport.ts';
import type { Latchkey } from './types.ts';
import { invalidUrl } from './unreached.ts';

/** Drives a latchkey that runs elsewhere, or one of its worlds: `http://localhost:5282/~ci`. Throws LatchkeyError if no latchkey answers. */
export async function connect(url: string, { adminToken }: { readonly adminToken?: string | undefined } = {}): Promise<Latchkey> {
  return clientAt(url, adminToken, async () => undefined);
}

/** The client of a running latchkey; `end` ends what was started with it. Throws LatchkeyError if no latchkey answers. */
export async function clientAt(url: string, adminToken: string | undefined, end: () => Promise<void>): Promise<Latchkey> {
  if (typeof url !== 'string' || !/^https?:\/\/[^/?#\s]+(\/[^?#\s]*)?$/.test(url)) throw invalidUrl(url);
  const [, root = '', world] = /^(.*?)(?:\/~([^/]+))?\/*$/.exec(url) ?? [];
  const transport = httpTransport(root, adminToken, world);
  const seeded = await transport.call<object>('GET', '/credentials', []);
  if (isCredentials(seeded)) return clientOf(transport, seeded, end);
  throw new LatchkeyError(200, 'not_latchkey', `the server at ${url} is not a latchkey`, seeded);
}

function isCredentials(content: object): content is CredentialsByProvider {
  return Object.values(content).length > 0 && Object.values(content).every((one) => Array.isArray(Object(one).credentials));
}
