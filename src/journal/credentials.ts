import type { FastifyRequest } from 'fastify';
import type { ErrorCode } from '../core/errors.ts';
import { hashSecret } from '../core/secret.ts';
import type { Provider } from '../provider/provider.ts';
import { type Cleaned, cleanedOf, writtenText } from './dirt.ts';
import type { Candidate, ShownCredential } from './entry.ts';
import type { Redactor } from './redact.ts';
import { decodedPercents } from './texts.ts';

type Headers = FastifyRequest['headers'];

/** Headers in which a provider may expect a credential. */
const credentialHeaders = ['authorization', 'x-api-key', 'cookie'] as const;
/** Headers that may carry a credential for any server. */
const isCredentialHeader = /^(?:authorization|proxy-authorization|(?:set-)?cookie)$|api-?key|token|secret/i;
const isPasswordHeader = /passw/i;
/** Words that name the scheme of a credential and are not secret. */
const scheme = /^(?:apikey|basic|bearer|digest|token)$/i;
/** No credential has more words than this. */
const mostWords = 8;

/** The headers of a request, and what the provider read in them. */
export interface Presented {
  readonly headers: Headers;
  /** What was read as the credential; undefined if nothing was. */
  readonly secret: string | undefined;
  /** The core's code of the refusal. */
  readonly code: ErrorCode | null;
}

/** The credential of a request with its secret cut to a hint, or what stands in its place; null if there is neither. */
export function shownCredentialOf({ headers, secret, code }: Presented, redactor: Redactor): ShownCredential | null {
  const present = credentialHeaders.filter((name) => headers[name] !== undefined);
  const [first] = present;
  if (first === undefined) return null;
  const where = present.find((name) => secret !== undefined && textOf(headers[name]).includes(secret)) ?? first;
  const from = where === 'cookie' ? where : `header ${where}`;
  if (secret !== undefined) return { from, hint: redactor.hint(secret), problem: null };
  const hint = shownCredential(textOf(headers[where]), redactor).split(' ').at(-1) ?? '';
  return { from, hint, problem: code === 'credential_missing' || code === 'credential_malformed' ? code : 'not read' };
}

/** The value of a header that may carry a credential, without its secrets; undefined for other headers. */
export function shownCredentialHeader(name: string, value: string, redactor: Redactor): string | undefined {
  if (isPasswordHeader.test(name)) return '…';
  return isCredentialHeader.test(name) ? shownCredential(value, redactor) : undefined;
}

/** The scheme stays, and every other word becomes its hint. After `Basic` nothing is shown, since what follows contains a password. */
function shownCredential(value: string, redactor: Redactor): string {
  const [first = '', ...rest] = value.trim().split(/[\s,;]+/, mostWords);
  if (!scheme.test(first) || rest.length === 0) return [first, ...rest].map((word) => shownWord(word, redactor)).join(' ');
  if (first.toLowerCase() === 'basic') return `${first} …`;
  return [first, ...rest.map((word) => shownWord(word, redactor))].join(' ');
}

/** Each part of `name:secret` gets a hint of its own: half of the whole could contain the whole secret. */
function shownWord(word: string, redactor: Redactor): string {
  return decodedPercents(word).replace(/[^=:"']+/g, (part) => redactor.hint(part));
}

/** All words that a request presents, as hashes of the forms that a provider looks up: they show which key was meant. */
export function candidatesOf(headers: Headers, provider: Provider): Candidate[] {
  const words = credentialHeaders.flatMap((name) => wordsOf(textOf(headers[name])));
  const byHash = new Map<string, Candidate>();
  for (const { word, dirt } of words.filter((one) => one.word.length > 3)) {
    const spellings = [word, provider.normalizeSecret?.(word) ?? word, word.split(':', 1)[0] ?? word];
    for (const hash of spellings.map(hashSecret)) if (!byHash.has(hash)) byHash.set(hash, { hash, dirt });
  }
  return [...byHash.values()];
}

/** The words of a header as they are, then those without the dirt of env files and editors. */
function wordsOf(header: string): Cleaned[] {
  const asRead = header.split(/[ \t;=]+/, mostWords).map((word) => ({ word, dirt: null }));
  const asWritten = writtenText(header).split(/[ \t;=]+/, mostWords);
  return [...asRead, ...asWritten.map(cleanedOf).filter(({ dirt }) => dirt !== null)];
}

function textOf(value: string | string[] | undefined): string {
  return value === undefined ? '' : String(value);
}
