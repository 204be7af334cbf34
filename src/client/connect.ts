import { type CredentialsByProvider, clientOf } from './client.ts';
import { httpTransport } from './transport.ts';
import type { Latchkey } from './types.ts';

/** Drives a latchkey that runs elsewhere. Throws LatchkeyError where none answers. */
export async function connect(url: string, { adminToken }: { readonly adminToken?: string | undefined } = {}): Promise<Latchkey> {
  return clientAt(url.replace(/\/$/, ''), adminToken, async () => undefined);
}

/** The client of a running latchkey; `end` ends what was started with it. Throws LatchkeyError where none answers. */
export async function clientAt(url: string, adminToken: string | undefined, end: () => Promise<void>): Promise<Latchkey> {
  const transport = httpTransport(url, adminToken);
  return clientOf(transport, await transport.call<CredentialsByProvider>('GET', '/credentials'), end);
}
