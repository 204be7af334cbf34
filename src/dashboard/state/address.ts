/** The screens, by the first part of their address. The overview has three addresses: its own, that of a key and of a request. */
export const screens = ['overview', 'faults', 'worlds', 'try'] as const;
export type Screen = (typeof screens)[number];

/** Where the page is: `#/keys/<id>?q=nightly&refused=1`. */
export interface Address {
  readonly screen: Screen;
  /** What is shown in detail. */
  readonly key: string | null;
  readonly request: string | null;
  readonly query: Readonly<Record<string, string>>;
}

/** Reads the part of an address from `#` on. What it does not know leads to the overview. */
export function addressOf(hash: string): Address {
  const [path = '', search = ''] = hash.replace(/^#/, '').split('?', 2);
  const [, first = '', id = ''] = path.split('/');
  const query = Object.fromEntries(new URLSearchParams(search));
  const screen = screens.find((name) => name === first) ?? 'overview';
  const named = id === '' ? null : decoded(id);
  const { request = null, ...rest } = query;
  // A key and a request may be shown together: the path names the key.
  return { screen, key: first === 'keys' ? named : null, request: first === 'requests' ? named : request, query: rest };
}

/** The counterpart of `addressOf`. */
export function hashOf({ screen, key, request, query }: Address): string {
  const all = { ...query, request: screen === 'overview' && key !== null ? (request ?? '') : '' };
  const search = new URLSearchParams(Object.entries(all).filter(([, value]) => value !== '')).toString();
  return `#/${pathOf(screen, key, request)}${search === '' ? '' : `?${search}`}`;
}

function pathOf(screen: Screen, key: string | null, request: string | null): string {
  if (screen !== 'overview') return screen;
  if (key !== null) return `keys/${encodeURIComponent(key)}`;
  return request === null ? '' : `requests/${encodeURIComponent(request)}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
