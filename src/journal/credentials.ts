import type { FastifyRequest } from 'fastify';
import type { ErrorCode } from '../core/errors.ts';
import { hashSecret } from '../core/secret.ts';
import type { Provider } from '../provider/provider.ts';
import type { ReadCredential } from './entry.ts';
import type { Redactor } from './redact.ts';
import { decodedPercents } from './texts.ts';

type Headers = FastifyRequest['headers'];

/** Headers in which a credential may travel to a provider. */
const credentialHeaders = ['authorization', 'x-api-key', 'cookie'] as const;
/** Others that carry one, to somebody. */
const isCredentialHeader = /^(?:authorization|proxy-authorization|(?:set-)?cookie)$|api-?key|token|secret/i;
const isPasswordHeader = /passw/i;
/** Words that say how a credential travels, and are none. */
const scheme = /^(?:apikey|basic|bearer|digest|token)$/i;
/** More words of a header than this are no credential. */
const mostWords = 8;

/** What a provider read of a request, or might have read. */
export interface Presented {
  readonly headers: Headers;
  /** What it read; undefined where it read nothing. */
  readonly secret: string | undefined;
  /** The core's word for what was refused. */
  readonly code: ErrorCode | null;
}

/** Where a credential was found, or where there is something that is none; null where there is nothing. */
export function readCredential({ headers, secret, code }: Presented, redactor: Redactor): ReadCredential | null {
  const present = credentialHeaders.filter((name) => headers[name] !== undefined);
  const [first] = present;
  if (first === undefined) return null;
  const where = present.find((name) => secret !== undefined && textOf(headers[name]).includes(secret)) ?? first;
  const from = where === 'cookie' ? where : `header ${where}`;
  if (secret !== undefined) return { from, hint: redactor.hint(secret), problem: null };
  const hint = shownCredential(textOf(headers[where]), redactor).split(' ').at(-1) ?? '';
  return { from, hint, problem: code === 'credential_missing' || code === 'credential_malformed' ? code : 'not read' };
}

/** The value of a header without a secret; undefined for a header that carries none. */
export function shownCredentialHeader(name: string, value: string, redactor: Redactor): string | undefined {
  if (isPasswordHeader.test(name)) return '…';
  return isCredentialHeader.test(name) ? shownCredential(value, redactor) : undefined;
}

/** A scheme stays, whatever else there is becomes its hint; of `Basic`, which has a password in it, nothing. */
function shownCredential(value: string, redactor: Redactor): string {
  const [first = '', ...rest] = value.trim().split(/[\s,;]+/, mostWords);
  if (!scheme.test(first) || rest.length === 0) return [first, ...rest].map((word) => shownWord(word, redactor)).join(' ');
  if (first.toLowerCase() === 'basic') return `${first} …`;
  return [first, ...rest.map((word) => shownWord(word, redactor))].join(' ');
}

/** Names before a secret stay as little as it does: what is half of both could be all of it. So could half of an encoding. */
function shownWord(word: string, redactor: Redactor): string {
  return decodedPercents(word).replace(/[^=:"']+/g, (part) => redactor.hint(part));
}

/** Hashes of every word that a request presents, as each provider would look it up: only they tell what it nearly was. */
export function candidatesOf(headers: Headers, { normalizeSecret }: Provider): string[] {
  const words = credentialHeaders.flatMap((name) => textOf(headers[name]).split(/[\s;=]+/, mostWords));
  const spellings = words
    .filter((word) => word.length > 3)
    .flatMap((word) => [word, normalizeSecret?.(word) ?? word, word.split(':', 1)[0] ?? word]);
  return [...new Set(spellings)].map(hashSecret);
}

function textOf(value: string | string[] | undefined): string {
  return value === undefined ? '' : String(value);
}
