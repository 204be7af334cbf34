/** At most this much of a body is shown. */
const shownBytes = 64 * 1024;
/** No secret is longer: Node refuses requests with longer headers. */
const longestSecret = 16 * 1024;
/** At most this much of a text is kept until it is shown: a secret that begins in the shown part is kept whole. */
const keptCharacters = shownBytes + longestSecret;

/** A text, or its beginning. */
export interface Beginning {
  readonly text: string;
  readonly isWhole: boolean;
}

/** Whether all of a text is kept. */
export function isShort(text: string): boolean {
  return text.length <= keptCharacters;
}

/** As much of a text as must be kept to show its beginning. */
export function beginningOf(text: string): Beginning {
  if (isShort(text)) return { text, isWhole: true };
  // A copy: a slice would keep the whole string in memory.
  return { text: Buffer.from(text.slice(0, keptCharacters)).toString(), isWhole: false };
}

/** A beginning, `cleaned` of its secrets, cut to the shown length and marked with `…` if it is cut. */
export function shownBeginning({ isWhole }: Beginning, cleaned: string): string {
  // A secret that was cut in half at the end cannot be recognised, so as many characters are left out as the longest secret has.
  const safe = isWhole ? cleaned : cleaned.slice(0, Math.max(cleaned.length - longestSecret, 0));
  const bytes = Buffer.from(safe);
  if (isWhole && bytes.length <= shownBytes) return safe;
  return `${new TextDecoder().decode(bytes.subarray(0, shownBytes), { stream: true })}…`;
}

/**
 * Undoes the \u escapes of JSON that stand for printable ASCII, except for quotes and backslashes, which structure the text,
 * and of the two letters that decoders take for ASCII ones: ſ and the Kelvin sign.
 */
export function plainEscapes(text: string): string {
  if (!text.includes('\\u')) return text;
  // An escaped backslash is no beginning of an escape: `\\\\u0041` is a text of its own, which another pass undoes.
  return text.replace(/\\\\|\\u(00(?!22|5c)[2-7][0-9a-f]|017f|212a)/gi, (found, hex: string | undefined) =>
    hex === undefined ? found : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** Undoes percent-encoding. */
export function decodedPercents(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'));
}

/** Undoes the escapes inside a JSON string; returns it unchanged if it is not valid JSON. */
export function unquoted(inner: string): string {
  try {
    return inner.includes('\\') ? String(JSON.parse(`"${inner}"`)) : inner;
  } catch {
    return inner;
  }
}

const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Undoes the escapes of JSON strings, wherever they are. */
export function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(?:u([0-9a-f]{4})|([\s\S]))/gi, (_, hex: string | undefined, letter: string) =>
    hex === undefined ? (escapes[letter] ?? letter) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** What a word of base64 stands for; undefined if that is no text. */
export function decodedBase64(word: string): string | undefined {
  const decoded = Buffer.from(word, 'base64').toString('utf8');
  // Commands that encode a line leave its end in.
  return /(?![\t\r\n])[\p{Cc}\ufffd]/u.test(decoded) ? undefined : decoded;
}
