/**
 * Reads a query string as Go's `url.ParseQuery` and echo's `QueryParam` do: the first value of a name wins, `+` is a
 * space, and a pair with a bad escape or a `;` is silently dropped, so that the parameter's default applies.
 * FIDELITY: create.
 */
export function parseGoQuery(query: string): Record<string, unknown> {
  const values: Record<string, unknown> = Object.create(null);
  for (const pair of query.split('&')) {
    if (pair === '' || pair.includes(';')) continue;
    const mark = pair.indexOf('=');
    const name = unescaped(mark === -1 ? pair : pair.slice(0, mark));
    const value = unescaped(mark === -1 ? '' : pair.slice(mark + 1));
    if (name !== undefined && value !== undefined) values[name] ??= value;
  }
  return values;
}

function unescaped(text: string): string | undefined {
  if (/%(?![0-9a-f]{2})/i.test(text)) return undefined;
  const bytes = text
    .replaceAll('+', ' ')
    .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  // A request target is ASCII, so every character here stands for one byte of UTF-8.
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
