import type { Fault } from '../../../client/types.ts';
import { effectChoices } from './effects.ts';

/** The fault that is being written: an object, which the form and the JSON beside it both show. The form leaves alone what it does not know. */
export type Draft = Readonly<Record<string, unknown>>;

/** What the form begins with. */
export const firstDraft: Draft = { effect: { status: 503 }, times: 1, ttl: '60s' };

/** A draft as the text beside the form. */
export const textOf = (draft: Draft): string => JSON.stringify(draft, null, 2);

/** The draft that a text holds; undefined if it is not the JSON of an object. */
export function draftIn(text: string): Draft | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** A part of a draft that is an object; empty if it is something else. */
export function partOf(draft: Draft, name: 'match' | 'effect'): Readonly<Record<string, unknown>> {
  const part = draft[name];
  return isObject(part) ? part : {};
}

/** A field as text. */
export function fieldOf(fields: Readonly<Record<string, unknown>>, name: string): string {
  const value = fields[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The draft with another match. An empty value takes the field away; the operation goes with its provider. */
export function withMatch(draft: Draft, name: 'provider' | 'operation', value: string): Draft {
  const { match: _match, ...rest } = draft;
  const { provider, operation: _operation, ...others } = partOf(draft, 'match');
  const kept = name === 'operation' && provider !== undefined ? { provider } : {};
  const match = { ...kept, ...(value !== '' && { [name]: value }), ...others };
  return Object.keys(match).length === 0 ? rest : { match, ...rest };
}

/** The draft with the effect of a way of failing; what else the effect had is gone. */
export function withEffect(draft: Draft, kind: string, value: string): Draft {
  const choice = effectChoices.find((one) => one.kind === kind);
  return choice === undefined ? draft : { ...draft, effect: choice.effectOf(value) };
}

/** The draft with another value of the way of failing that it has: the other parts of its effect stay. */
export function withEffectValue(draft: Draft, kind: string, value: string): Draft {
  const choice = effectChoices.find((one) => one.kind === kind);
  if (choice === undefined) return draft;
  return { ...draft, effect: merged(partOf(draft, 'effect'), choice.effectOf(value)) };
}

/** The draft with another number of hits: a number, or nothing for all. */
export function withTimes(draft: Draft, value: string): Draft {
  if (value.trim() === '') return { ...draft, times: null };
  const times = Number(value);
  return { ...draft, times: Number.isNaN(times) ? value : times };
}

export const withTtl = (draft: Draft, ttl: string): Draft => ({ ...draft, ttl });

function merged(before: Readonly<Record<string, unknown>>, after: object): Readonly<Record<string, unknown>> {
  const parts = Object.entries(after).map(([name, value]: [string, unknown]) => {
    const old = before[name];
    return [name, isObject(value) && isObject(old) ? { ...old, ...value } : value];
  });
  return { ...before, ...Object.fromEntries(parts) };
}

/** Whether a value is an object with fields. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Which requests a fault hits, in a few words: `rockset, getOrganization`. */
export function matchInWords(match: Fault['match']): string {
  const parts = Object.entries(match).map(([name, value]) =>
    name === 'provider' || name === 'operation' ? String(value) : `${name} ${value}`,
  );
  return parts.length === 0 ? 'every request' : parts.join(', ');
}

/** The problems of a refused draft, by the place of the form that they belong to; what belongs to none is in `form`. */
export function problemsByPlace(
  problems: readonly { readonly path: string; readonly problem: string }[],
): Readonly<Record<string, string>> {
  const places: Record<string, string> = {};
  for (const { path, problem } of problems) {
    const [first = '', second = ''] = path.split('/').slice(1);
    const place = placeOf(first, second);
    places[place] = places[place] === undefined ? problem : `${places[place]}; ${problem}`;
  }
  return places;
}

function placeOf(first: string, second: string): string {
  if (first === 'match' && (second === 'provider' || second === 'operation')) return second;
  return first === 'effect' || first === 'times' || first === 'ttl' ? first : 'form';
}
