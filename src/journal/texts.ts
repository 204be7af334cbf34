/** More bytes of a body than this are not shown. */
const shownBytes = 64 * 1024;
/** Longer secrets fit into no request: Node takes no more of its head. */
const longestSecret = 16 * 1024;
/** What is kept of a text until it is shown: so much that a secret which begins in what is shown is there to its end. */
const keptCharacters = shownBytes + longestSecret;

/** As much of a text as must be kept to show its beginning. */
export interface Beginning {
  readonly text: string;
  readonly isWhole: boolean;
}

export function beginningOf(text: string): Beginning {
  if (text.length <= keptCharacters) return { text, isWhole: true };
  // A copy: a part of a string would keep all of it in memory.
  return { text: Buffer.from(text.slice(0, keptCharacters)).toString(), isWhole: false };
}

/** A beginning after `clean`, which takes the secrets out; cut where it is long, and marked there. Half a secret is not left. */
export function shownBeginning({ text, isWhole }: Beginning, clean: (text: string) => string): string {
  const cleaned = clean(text);
  // Where the text was cut there may be the beginning of a secret, which nothing tells any more.
  const safe = isWhole ? cleaned : cleaned.slice(0, Math.max(cleaned.length - longestSecret, 0));
  const bytes = Buffer.from(safe);
  if (isWhole && bytes.length <= shownBytes) return safe;
  return `${new TextDecoder().decode(bytes.subarray(0, shownBytes), { stream: true })}…`;
}

/** Escapes of JSON that stand for plain characters, undone; those of quotes and backslashes stay, as they hold the text together. */
export function plainEscapes(text: string): string {
  if (!text.includes('\\u00')) return text;
  return text.replace(/\\u00(?!22|5c)([2-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** A text with its percent-encodings undone; what is none stays. */
export function decodedPercents(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'));
}

/** What stands between the quotes of a JSON text, with its escapes undone; as it is where they are none of JSON's. */
export function unquoted(inner: string): string {
  try {
    return inner.includes('\\') ? String(JSON.parse(`"${inner}"`)) : inner;
  } catch {
    return inner;
  }
}
