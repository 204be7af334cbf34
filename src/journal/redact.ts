import type { SecretFacts } from '../provider/provider.ts';
import { atOnce, type Cleaning, inPieces } from './cleaning.ts';
import { hintingGlued } from './glued.ts';
import type { KnownSecrets } from './known.ts';
import { foldingCase, passwordHider } from './passwords.ts';
import { decodedBase64, decodedPercents, plainEscapes, unescaped, unquoted } from './texts.ts';

/** How often a text is decoded to look for secrets: clients behind proxies encode twice. */
const deepestEncoding = 3;
/** A shorter secret is only looked for as a separate word, since it could be a part of many others. */
const shortSecret = 8;

/** Takes secrets out of what is kept of a provider's requests. */
export interface Redactor {
  /** The part of a secret that may be shown, at most half of it, and `…`. */
  hint(secret: string): string;
  /** A text with its secrets cut to hints, percent-encoded and escaped ones too. */
  text(text: string, known: KnownSecrets): string;
  /** The same for a long text, in pieces between which other requests have their turn. */
  longText(text: string, known: KnownSecrets): Promise<string>;
  /** The name of a header, which Node has put in lower case and `text` has cleaned, without secrets in lower case either. */
  headerName(name: string): string;
}

/** The passes over a text, for the secrets of one provider first. */
interface Passes {
  readonly shapes: readonly {
    readonly pattern: RegExp;
    readonly inAnyCase: RegExp;
    readonly shown: (secret: string) => string;
  }[];
  readonly hint: (secret: string) => string;
  readonly hidePasswords: (text: string) => string;
  readonly hintFields: (text: string) => string;
}

/**
 * Makes the redactor for a provider's requests from the facts about its own secrets and about those of all providers, since
 * clients confuse providers.
 */
export function redactorOf(own: SecretFacts, all: readonly SecretFacts[]): Redactor {
  const passes = passesOf(own, all);
  const { shapes, hint } = passes;
  return {
    hint,
    text: (text, known) => atOnce(cleaning(passes, text, known, deepestEncoding)),
    longText: (text, known) => inPieces(cleaning(passes, text, known, deepestEncoding)),
    headerName: (name) =>
      shapes.reduce((left, { inAnyCase }) => left.replace(inAnyCase, (found) => hintOfName(found, hint)), name),
  };
}

/** The same for a text that is for no provider: what is secret in it could be any provider's. */
export function redactorOfAny(all: readonly SecretFacts[]): Redactor {
  const fields = all.flatMap((facts) => facts.fields);
  return redactorOf({ pattern: /(?!)/g, fields, passwords: [], hint: (secret) => secret.slice(0, 6) }, all);
}

function passesOf(own: SecretFacts, all: readonly SecretFacts[]): Passes {
  const byShape = new Map([own, ...all].map((facts) => [facts.pattern.source, facts]));
  const hint = capped(own.hint);
  return {
    shapes: [...byShape.values()].map((facts) => ({
      pattern: facts.pattern,
      inAnyCase: new RegExp(facts.pattern.source, 'gi'),
      shown: capped(facts.hint),
    })),
    hint,
    hidePasswords: passwordHider([own, ...all].flatMap(({ passwords }) => passwords)),
    hintFields: fieldHinter(own.fields, hint),
  };
}

/** Yields after each pass over the text. */
function* cleaning(passes: Passes, text: string, known: KnownSecrets, depth: number): Cleaning {
  const { shapes, hint, hidePasswords, hintFields } = passes;
  let clean = hintPresented(plainEscapes(text), known.presented, hint);
  for (const { pattern, shown } of shapes) {
    clean = clean.replace(pattern, shown);
    yield;
  }
  clean = hidePasswords(clean);
  yield;
  clean = yield* hintingWords(hintFields(clean), known, hint);
  clean = yield* hintingGlued(clean, known, hint);
  if (depth === 0) return clean;
  for (const words of base64Words) {
    clean = clean.replace(words, (word) => (hasEncoded(passes, word, known) ? '…' : word));
    yield;
  }
  // UTF-16 read as another coding has a NUL beside each letter.
  const decoded = unescaped(decodedPercents(clean)).replaceAll('\0', '');
  if (decoded === clean) return clean;
  const cleanDecoded = yield* cleaning(passes, decoded, known, depth - 1);
  return cleanDecoded === decoded ? clean : cleanDecoded;
}

function hasEncoded(passes: Passes, word: string, known: KnownSecrets): boolean {
  const decoded = decodedBase64(word);
  return decoded !== undefined && atOnce(cleaning(passes, decoded, known, 0)) !== decoded;
}

/** Words that may be base64, or its URL-safe form, and are long enough to hold a secret. A path may have one as a segment. */
const base64Words = [/[A-Za-z0-9+/]{12,}={0,2}/g, /[A-Za-z0-9_-]{12,}={0,2}/g, /[A-Za-z0-9+]{12,}={0,2}/g];
/** A part of a header's name that is shorter is taken for words, whatever its shape. */
const shortestInName = 24;

function hintOfName(found: string, hint: (secret: string) => string): string {
  return found.length < shortestInName ? found : hint(found);
}

/** A provider's hint, cut to half of the secret and marked with `…`. */
function capped(hint: (secret: string) => string): (secret: string) => string {
  return (secret) => `${hint(secret).slice(0, secret.length >> 1)}…`;
}

function hintPresented(text: string, secret: string | undefined, hint: (secret: string) => string): string {
  if (secret === undefined || secret === '' || !text.includes(secret)) return text;
  if (secret.length >= shortSecret) return text.replaceAll(secret, () => hint(secret));
  const word = secret.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  return text.replace(new RegExp(`(?<!\\w)${word}(?!\\w)`, 'g'), () => hint(secret));
}

/** Cuts the values of fields to hints, in JSON, in forms and in queries. */
function fieldHinter(names: readonly string[], hint: (secret: string) => string): (text: string) => string {
  const inJson = new RegExp(String.raw`"(${names.join('|')})"(\s*:\s*)"((?:[^"\\]|\\[\s\S])*)("|$)`, foldingCase);
  const inForm = new RegExp(String.raw`(?<![\w-])(${names.join('|')})=([^&\s"'<>;]+)`, foldingCase);
  const shown = (value: string) => (value === '' || value.endsWith('…') ? value : hint(value));
  return (text) =>
    text
      .replace(inJson, (_, name: string, colon: string, value: string) => `"${name}"${colon}"${shown(value)}"`)
      .replace(inForm, (_, name: string, value: string) => `${name}=${shown(value)}`);
}

/** The characters that separate words, in growing sets: a secret of a seed may contain characters that separate other words. */
const separators = ['', '"\'`', '/?&=;', '<>,(){}[\\]\\\\', '+|*~#!$^@\\p{C}', ':'];
/** What is left of a word once every other character separates. */
const parts = ['\\p{L}\\p{N}._\\-', '\\p{L}\\p{N}_\\-', '\\p{L}\\p{N}'];
const words = [
  ...separators.map((_, index) => `[^\\s${separators.slice(0, index + 1).join('')}]+`),
  ...parts.map((part) => `[${part}]+`),
].map((word) => new RegExp(word, 'gu'));

/** Cuts secrets of keys to hints if the whole text, a quoted string or a word is one. */
function* hintingWords(text: string, known: KnownSecrets, hint: (secret: string) => string): Cleaning {
  // Words repeat, and most are the same under several separators.
  const answers = new Map<string, string | undefined>();
  const hintOf = (word: string): string | undefined => {
    if (answers.has(word)) return answers.get(word);
    const secret = spellingsOf(word).find((one) => known.isSecret(one));
    const hinted = secret === undefined ? undefined : hint(secret);
    answers.set(word, hinted);
    return hinted;
  };
  const shown = (word: string): string => {
    // A word at the end of a sentence or of an escaped quotation.
    const bare = word.replace(/[.:!\\]+$/, '');
    return hintOf(word) ?? hintOf(bare)?.concat(word.slice(bare.length)) ?? word;
  };
  const shownQuote = (quote: string, inner: string): string => {
    const hinted = hintOf(inner);
    return hinted === undefined ? quote : `"${hinted}"`;
  };
  const whole = hintOf(text);
  if (whole !== undefined) return whole;
  let left = text.replace(/"((?:[^"\\]|\\[\s\S])+)(?:"|$)/g, shownQuote);
  for (const word of words) {
    yield;
    left = left.replace(word, shown);
  }
  return left;
}

/** A word as it is, and with its JSON escapes and percent-encodings undone. */
function spellingsOf(word: string): readonly string[] {
  const spellings = word.includes('\\') ? [word, unquoted(word)] : [word];
  for (let depth = 0; depth < deepestEncoding && spellings.at(-1)?.includes('%'); depth++) {
    spellings.push(decodedPercents(spellings.at(-1) ?? ''));
  }
  return spellings;
}
