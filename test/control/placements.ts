/** A request that carries a secret somewhere. */
export interface Placement {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A route of a provider that reads a body, and the headers that authenticate a request if it requires a key. */
export interface Reader {
  readonly base: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
const json = { 'Content-Type': 'application/json' };

/** Every character percent-encoded. */
export function encodedWhole(text: string): string {
  return [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}

function escapedWhole(text: string): string {
  return [...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}

/** The places where a secret may be, whether the request authenticates with it or not. */
export function placementsOf(secret: string, { base, path, headers }: Reader): Placement[] {
  const encoded = encodeURIComponent(secret);
  const inHeaders: Readonly<Record<string, string>>[] = [
    ...['Bearer', 'ApiKey', 'Token', 'Baerer', 'bearer '].map((scheme) => ({ Authorization: `${scheme} ${secret}` })),
    { Authorization: secret },
    { 'X-API-Key': secret },
    { 'X-API-Key': `${secret}:org-123` },
    { Cookie: `theme=dark; X-API-Key=${encoded}; session=${encoded}` },
    { 'X-Auth-Token': secret },
    { 'X-Request-Id': secret },
    { 'X-Custom': `before ${secret}` },
    { Referer: `http://example.com/page?token=${encoded}&x=${encodeURIComponent(encoded)}` },
    { 'User-Agent': secret },
  ];
  const targets = [
    `${path}?token=${encoded}`,
    `${path}?key=${encoded}&x=1`,
    `${path}?anything=${encodedWhole(secret)}`,
    `${path}?${encodeURIComponent(encoded)}`,
    `/user/api-keys/${encoded}`,
    `/user/api-keys/${encodedWhole(secret)}`,
    `/v1.0/userapitokens/${encoded}`,
    `/v1/orgs/self/users/self/apikeys/${encoded}`,
    `/nowhere/${encoded}/further`,
  ];
  const text = JSON.stringify(secret).slice(1, -1);
  const bodies: (readonly [Readonly<Record<string, string>>, string])[] = [
    ...['token', 'key', 'note', 'password', 'username'].map((field) => [json, `{"${field}":"${text}"}`] as const),
    [json, `{"deep":{"list":[1,"${text}"]}}`],
    [json, `{"note":"${escapedWhole(secret)}"}`],
    [json, `{"token":"${text}`],
    [json, `"${text}"`],
    [form, `token=${encoded}&note=${encodedWhole(secret)}`],
    [{ 'Content-Type': 'text/plain' }, `${secret}`],
    [{ 'Content-Type': 'text/plain' }, `it is "${text}".`],
  ];
  return [
    ...inHeaders.map((more) => ({ method: 'GET', path: base + path, headers: more })),
    ...targets.flatMap((target) => ['GET', 'DELETE'].map((method) => ({ method, path: base + target, headers }))),
    ...bodies.map(([type, body]) => ({ method: 'POST', path: base + path, headers: { ...headers, ...type }, body })),
  ];
}

/** The places where a password may be: the name of a field marks it. */
export function passwordPlacementsOf(password: string, { base, path, headers }: Reader): Placement[] {
  const names = ['password', 'passwordHash', 'newPasswordHash'];
  const text = JSON.stringify(password).slice(1, -1);
  const bodies = names.flatMap((name): (readonly [Readonly<Record<string, string>>, string])[] => [
    [json, `{"email":"alice@example.com","username":"alice","${name}":"${text}"}`],
    [json, `{"email":"alice@example.com", "${name}" : "${text}`],
    [json, `{"${name}":["${text}"]}`],
    [json, `{"${name}":{"is":"${text}"}}`],
    [json, `{'${name}':'${password}'}`],
    [json, `{${name}: ${password}}`],
    [form, `username=alice&${name}=${encodeURIComponent(password)}`],
    [form, `${encodedWhole(name)}=${encodedWhole(password)}`],
    [{ 'Content-Type': 'application/xml' }, `<${name}>${password}</${name}>`],
  ]);
  const basic = Buffer.from(`alice@example.com:${password}`).toString('base64');
  return [
    { method: 'GET', path: base + path, headers: { Authorization: `Basic ${basic}` } },
    { method: 'GET', path: base + path, headers: { ...headers, 'X-Password': password } },
    ...names.map((name) => ({ method: 'GET', path: `${base}${path}?${name}=${encodeURIComponent(password)}`, headers })),
    { method: 'GET', path: `${base}${path}?x=${encodeURIComponent(`password=${encodeURIComponent(password)}`)}`, headers },
    ...bodies.map(([type, body]) => ({ method: 'POST', path: base + path, headers: { ...headers, ...type }, body })),
  ];
}
