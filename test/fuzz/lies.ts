import { estuary, kps, rockset, type SeededCall, seededCalls, whylabs } from '../control/seeded-calls.ts';
import { pleaHeaders, requestOf, type Step } from './control-steps.ts';

/** What is sent where, and what comes back. */
interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: ArrayBuffer;
}

/** The key that has a secret. */
interface Known {
  readonly id: string;
  readonly provider: string;
}

/** A call that a seeded key of a user may not make. */
const forbidden: readonly (readonly [call: SeededCall, path: string])[] = [
  [estuary, '/admin/users'],
  [kps, '/v1.0/userapitokensall'],
  [{ ...rockset, secret: rockset.otherSecret }, '/v1/orgs/self/users/admin@me.com/apikeys'],
  [{ ...whylabs, secret: whylabs.otherSecret }, '/v0/organizations/org-123/api-key'],
];

/** Well formed, and never issued. */
const unissued: Readonly<Record<string, readonly string[]>> = {
  estuary: ['EST99999999-0000-4000-8000-000000000009ARY'],
  kps: [kps.secret.replace(/.{6}$/, 'AAAAAA'), kps.secret.replace(/\.[^.]*$/, '.')],
  rockset: ['unknown0LatchkeySeed00000000000000000000000000000000000000000000'],
  whylabs: [`NOBODY0000.${'LatchkeySeedNobody'.padEnd(53, '0')}:org-123`],
};

const pleading = Object.fromEntries(pleaHeaders.map((name) => [name, 'accept-unknown']));

/**
 * A world that calls of the control plane are made in, and what may be accepted in it: an account of its own that is kept beside
 * what the server says.
 */
export class Witness {
  /** Calls that were answered with 200, by operation. */
  readonly done: Set<string>;
  readonly lies: string[] = [];
  readonly #root: string;
  readonly #world: string;
  /** Ids of keys by their secrets, and whose they are. */
  readonly #secrets = new Map<string, Known>();
  /** Those of the snapshot: it brings keys back with the ids that they had, which another world of this name has not given them. */
  #ofSnapshot: ReadonlyMap<string, Known> = new Map();
  /** Keys that were revoked, and have not been brought back with everything else since. */
  readonly #revoked = new Set<string>();
  #snapshot: ArrayBuffer | undefined;
  /** Whether a change may be seen late. */
  #isLate = false;
  /** Whether users may be others than those of the built-in seed. */
  #isOwnSeed = false;

  constructor(root: string, world: string, done: Set<string>) {
    this.#root = root;
    this.#world = world;
    this.done = done;
  }

  /** The world as it is at first, with a request in its journal and a fault that nothing meets. */
  async begin(): Promise<void> {
    const fault = { match: { path: '/nowhere' }, effect: { status: 503 } };
    await this.#send('POST', '/_latchkey/faults', {}, JSON.stringify(fault));
    await this.#expectRefusal(rockset, 'ApiKey nobody', 'a key that was never issued');
    await this.#learn();
    this.#noteSnapshot((await this.#send('GET', '/_latchkey/snapshot')).bytes);
  }

  /** Makes a call, and asks at once about keys that are not to be accepted. */
  async take(step: Step): Promise<void> {
    const { operation, plea } = step;
    await this.#learn();
    const subjects = {
      world: this.#world,
      secrets: [...this.#secrets.keys()],
      keyIds: [...this.#secrets.values()].map(({ id }) => id),
    };
    const { path, body } = requestOf(step, subjects);
    // A stream does not end.
    const method = operation.id === 'streamEvents' ? 'HEAD' : operation.method;
    const bytes = operation.id === 'putSnapshot' ? this.#snapshot : body;
    const { status, bytes: answer } = await this.#send(method, `/_latchkey${path}`, plea.headers, bytes);
    if (status >= 500 && status !== 507) this.lies.push(`${operation.id} failed: ${status}`);
    if (status === 200) this.#note(operation.id, path, answer);
    await this.#use(step.pick);
    await this.#askAboutRefused();
  }

  /** Uses a key, whatever comes of it while faults lie in wait. */
  async #use(pick: number): Promise<void> {
    const [secret, { provider }] = [...this.#secrets][pick % this.#secrets.size] ?? ['', { provider: 'estuary' }];
    const { path, header, scheme } = seededCalls.find((one) => one.provider === provider) ?? estuary;
    await this.#send('GET', `/${provider}${path}`, { ...pleading, [header]: scheme + secret });
  }

  /** Looks at everything that a key can be used for, once no fault replaces an answer or hides a change. */
  async conclude(): Promise<readonly string[]> {
    await this.#learn();
    await this.#send('DELETE', '/_latchkey/faults');
    for (const call of seededCalls) await this.#tryWithoutKey(call);
    const listed = new Map(
      (await this.#read('/keys?limit=1000')).keys.map((key: { id: string; state: string }) => [key.id, key.state]),
    );
    for (const [secret, { id, provider }] of this.#secrets) {
      const call = seededCalls.find((one) => one.provider === provider);
      const isRefused = listed.get(id) !== 'active' || this.#revoked.has(id);
      if (call !== undefined && isRefused)
        await this.#expectRefusal(call, call.scheme + secret, `a key that is ${listed.get(id) ?? 'gone'}`);
    }
    for (const [call, path] of this.#isOwnSeed ? [] : forbidden)
      await this.#expectRefusal({ ...call, path }, call.scheme + call.secret, 'a key without the role', false);
    const { mutant } = await this.#read('/health');
    if (mutant !== null) this.lies.push('health names a mutant');
    return this.lies;
  }

  async #tryWithoutKey(call: SeededCall): Promise<void> {
    const { provider, scheme } = call;
    await this.#expectRefusal(call, undefined, 'no credential');
    for (const malformed of ['x', `${scheme}a b c`, `Basic ${btoa('admin:admin')}`, `${scheme}${scheme}`])
      await this.#expectRefusal(call, malformed, 'a malformed credential');
    for (const secret of unissued[provider] ?? [])
      await this.#expectRefusal(call, scheme + secret, 'a key that was never issued');
    for (const other of seededCalls.filter((one) => one.provider !== provider))
      await this.#expectRefusal(call, scheme + other.otherSecret, `a key of ${other.provider}`);
  }

  async #expectRefusal(
    { provider, path, header }: SeededCall,
    value: string | undefined,
    what: string,
    isOfKey = true,
  ): Promise<void> {
    const headers = { ...pleading, ...(value !== undefined && { [header]: value }) };
    // Forward-auth looks at the key alone.
    const targets = isOfKey ? [`/${provider}${path}`, `/_latchkey/authorize/${provider}`] : [`/${provider}${path}`];
    for (const target of targets) {
      const { status } = await this.#send('GET', target, headers);
      if (status !== 401 && status !== 403) this.lies.push(`${target} answers ${what} with ${status}`);
    }
  }

  /** Asks about keys that were never issued, and about revoked ones. */
  async #askAboutRefused(): Promise<void> {
    const isGone = ([, { id }]: readonly [string, { readonly id: string }]) => this.#revoked.has(id) && !this.#isLate;
    const refused = [
      ...Object.values(unissued).flat().slice(0, 2),
      ...[...this.#secrets].filter(isGone).map(([secret]) => secret),
    ];
    for (const secret of refused) {
      const { bytes } = await this.#send('POST', '/_latchkey/introspect', {}, JSON.stringify({ secret }));
      if (JSON.parse(textOf(bytes)).active !== false) this.lies.push('introspection takes a refused key for an active one');
    }
  }

  /** Notes what a call that was accepted has changed. */
  #note(operation: string, path: string, bytes: ArrayBuffer): void {
    this.done.add(operation);
    if (operation === 'getSnapshot') this.#noteSnapshot(bytes);
    if (operation === 'putSnapshot') for (const [secret, known] of this.#ofSnapshot) this.#secrets.set(secret, known);
    if (operation === 'revokeKey') this.#revoked.add(path.split('/')[2] ?? '');
    if (operation === 'addFault' && textOf(bytes).includes('"propagation"')) this.#isLate = true;
    if (operation === 'issueKey' || operation === 'issueSuccessor') {
      const { key, secret } = JSON.parse(textOf(bytes));
      this.#secrets.set(secret, { id: key.id, provider: key.provider });
      if (key.state === 'revoked') this.#revoked.add(key.id);
    }
    if (operation === 'seed' || operation === 'createWorld') this.#isOwnSeed = true;
    // With everything else, these bring back keys that were revoked.
    if (['reset', 'seed', 'putSnapshot', 'dropWorld'].includes(operation)) this.#revoked.clear();
  }

  #noteSnapshot(bytes: ArrayBuffer): void {
    this.#snapshot = bytes;
    this.#ofSnapshot = new Map(this.#secrets);
  }

  /** The seeded credentials; a world is made by asking for them. */
  async #learn(): Promise<void> {
    const providers: Readonly<
      Record<string, { readonly credentials: readonly { secret: string | null; key: string | null }[] }>
    > = await this.#read('/credentials');
    for (const [provider, { credentials }] of Object.entries(providers)) {
      for (const { secret, key } of credentials)
        if (secret !== null && key !== null) this.#secrets.set(secret, { id: key, provider });
    }
  }

  async #read(path: string) {
    return JSON.parse(textOf((await this.#send('GET', `/_latchkey${path}`)).bytes));
  }

  async #send(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>> = {},
    body?: string | ArrayBuffer,
  ): Promise<Answer> {
    const answer = await fetch(`${this.#root}/~${this.#world}${path}`, { method, headers, ...(body !== undefined && { body }) });
    if (answer.headers.has('x-latchkey-mutant')) this.lies.push(`a mutant decided ${method} ${path}`);
    return { status: answer.status, headers: answer.headers, bytes: await answer.arrayBuffer() };
  }
}

function textOf(bytes: ArrayBuffer): string {
  return new TextDecoder().decode(bytes);
}
