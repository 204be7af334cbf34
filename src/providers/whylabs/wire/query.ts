import { parse } from 'node:querystring';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { fail } from '../../../core/errors.ts';
import type { JavaEnum } from './java-enum.ts';
import { targetOf } from './target.ts';

/** Every value of every query parameter, in the order in which they were sent. */
export type Query = ReadonlyMap<string, readonly string[]>;

/**
 * Reads the query string as Netty does: pairs end at `&` or `;`, and `+` is a space. That an invalid escape stays as it was
 * sent is assumed. FIDELITY: Query.
 */
export function queryOf(request: FastifyRequest): Query {
  const pairs = parse(targetOf(request).query.replaceAll(';', '&'), '&', '=', { maxKeys: 1024 });
  return new Map(Object.entries(pairs).map(([name, value]) => [name, [value ?? []].flat()]));
}

/** A string parameter, undefined when it is absent. Several values are joined with commas, as Micronaut does. */
export function textOf(query: Query, name: string): string | undefined {
  return occurrencesOf(query, name)?.join(',');
}

/** A required string parameter, which may be empty. Throws request_invalid. */
export function requiredTextOf(query: Query, name: string): string {
  return textOf(query, name) ?? refuseMissing(name);
}

/** How `flagOf` reads a boolean parameter. */
export const Flag = Type.Boolean({ description: '`true`, `yes`, `on` and `y` are true, everything else is false' });

/** A boolean parameter, undefined when it is absent or empty. */
export function flagOf(query: Query, name: string): boolean | undefined {
  const text = textOf(query, name);
  return text === undefined || text === '' ? undefined : /^(true|yes|on|y)$/i.test(text);
}

/**
 * A word of an enumeration, undefined when it is absent or empty. Lower case matches, and so do hyphens and dots for
 * underscores. Throws request_invalid for another word.
 */
export function wordOf<W extends string>(query: Query, name: string, { type, words }: JavaEnum<W>): W | undefined {
  const text = textOf(query, name);
  if (text === undefined || text === '') return undefined;
  const spelled = text.replace(/[.-]/g, '_').toUpperCase();
  return words.find((word) => word === spelled) ?? refuseValue(name, text, `No enum constant ${type}.${text}`);
}

/** A required word of an enumeration, read as `wordOf` reads it. Throws request_invalid. */
export function requiredWordOf<W extends string>(query: Query, name: string, words: JavaEnum<W>): W {
  return wordOf(query, name, words) ?? refuseMissing(name);
}

const int64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n };

/** A number by the rules of Java's `Long.valueOf`, undefined when it is absent or empty. Throws request_invalid. */
export function longOf(query: Query, name: string): bigint | undefined {
  const text = textOf(query, name);
  if (text === undefined || text === '') return undefined;
  if (/^[+-]?\d+$/.test(text)) {
    const value = BigInt(text.replace(/^\+/, ''));
    if (value >= int64.min && value <= int64.max) return value;
  }
  return refuseValue(name, text, `For input string: "${text}"`);
}

/** A set of strings, undefined when it is absent. A single value is split at its commas; several values are not. */
export function setOf(query: Query, name: string): readonly string[] | undefined {
  const values = occurrencesOf(query, name);
  const [first, ...others] = values ?? [];
  if (first === undefined) return undefined;
  return [...new Set(others.length === 0 ? splitLikeJava(first) : values)];
}

function refuseMissing(name: string): never {
  return fail('request_invalid', { problem: `Required QueryValue [${name}] not specified`, path: `/${name}` });
}

function refuseValue(name: string, text: string, cause: string): never {
  const problem = `Failed to convert argument [${name}] for value [${text}] due to: ${cause}`;
  return fail('request_invalid', { problem, path: `/${name}` });
}

/** Micronaut falls back to the hyphenated name of a parameter. */
function occurrencesOf(query: Query, name: string): readonly string[] | undefined {
  return query.get(name) ?? query.get(name.replaceAll('_', '-'));
}

/** Java's `split` drops empty parts at the end, yet splits an empty string into one empty part. */
function splitLikeJava(text: string): readonly string[] {
  const parts = text.split(',');
  return text === '' ? parts : parts.slice(0, parts.findLastIndex((part) => part !== '') + 1);
}
