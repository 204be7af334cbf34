/** Where a provider answers, in the ways in which a client can be pointed at it. */
export interface Address {
  readonly form: 'at the root' | 'below its name' | 'by a host name' | 'over https';
  readonly url: string;
}

/** What the page knows of its own place. */
export interface Place {
  /** The page's base URL, without a slash at its end: what is before `/_latchkey/`, with a world if the address has one. */
  readonly base: string;
  /** The name of the world in that address; undefined if it names none. */
  readonly world: string | undefined;
  /** Where https is served, or null. */
  readonly https: string | null;
}

/**
 * The base URLs of a provider, made of where the page itself was found: latchkey knows nothing of a proxy in front. A host name
 * leads somewhere only where every name below localhost does: without a proxy's path.
 */
export function addressesOf(provider: string, { base, world, https }: Place): readonly Address[] {
  const { protocol, hostname, port, pathname } = new URL(base);
  const isLocal = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
  const isBare = pathname === '/' || pathname === `/~${world}`;
  const labels = world === undefined ? provider : `${provider}.${world}`;
  const addresses: Address[] = [
    { form: 'at the root', url: base },
    { form: 'below its name', url: `${base}/${provider}` },
  ];
  if (isLocal && isBare) addresses.push({ form: 'by a host name', url: `${protocol}//${labels}.localhost${port && `:${port}`}` });
  if (https !== null) addresses.push({ form: 'over https', url: `${secureOf(base, https)}/${provider}` });
  return addresses;
}

/** The page's base over https: its own if it is, else on the port that latchkey serves https on. */
function secureOf(base: string, https: string): string {
  if (new URL(base).protocol.startsWith('https')) return base;
  const url = new URL(base);
  url.protocol = 'https';
  url.port = new URL(https).port;
  return url.href.replace(/\/$/, '');
}
