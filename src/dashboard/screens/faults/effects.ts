import type { ErrorCode, FaultEffect } from '../../../client/types.ts';

/** One way for a request to fail, as the form offers it: a radio button, and the field that goes with it. */
export interface EffectChoice {
  readonly kind: string;
  readonly label: string;
  /** The field of this way; undefined if it needs none. */
  readonly field?: EffectField;
  /** Gives the effect for what the field says. */
  readonly effectOf: (value: string) => FaultEffect;
  /** What the field says of an effect; undefined if the effect is another one. */
  readonly valueOf: (effect: Written) => string | undefined;
}

/** An effect as somebody writes it: its values may still be anything. */
type Written = { readonly [K in keyof FaultEffect]?: unknown };

export interface EffectField {
  readonly label: string;
  readonly initial: string;
  /** A number, a duration, or one of these. */
  readonly type: 'number' | 'duration' | readonly string[];
}

/** Every error that a provider words. */
export const errorCodes = [
  'credential_missing',
  'credential_malformed',
  'key_unknown',
  'key_expired',
  'key_suspended',
  'key_revoked',
  'permission_denied',
  'key_not_found',
  'key_name_taken',
  'key_limit_reached',
  'transition_refused',
  'request_malformed',
  'request_invalid',
  'payload_too_large',
  'media_type_unsupported',
  'expectation_failed',
  'route_not_found',
  'method_not_allowed',
  'not_implemented',
  'rate_limited',
  'unavailable',
  'internal',
] as const satisfies readonly ErrorCode[];

const isErrorCode = (text: string): text is ErrorCode => errorCodes.some((code) => code === text);

/** A number that the field holds; what is no number is refused by latchkey, in its words. */
const numberIn = (text: string) => (text.trim() === '' ? 0 : Number(text));

/** The ways, in the order of the form. */
export const effectChoices: readonly EffectChoice[] = [
  {
    kind: 'status',
    label: 'answer with a status',
    field: { label: 'Status', initial: '503', type: 'number' },
    effectOf: (value) => ({ status: numberIn(value) }),
    valueOf: ({ status }) => shown(status),
  },
  {
    kind: 'code',
    label: "answer with one of the provider's errors",
    field: { label: 'Error', initial: 'rate_limited', type: errorCodes },
    effectOf: (value) => ({ code: isErrorCode(value) ? value : 'internal' }),
    valueOf: ({ code }) => shown(code),
  },
  {
    kind: 'respond',
    label: 'answer exactly this (headers and body: in the JSON)',
    field: { label: 'Status of the answer', initial: '200', type: 'number' },
    effectOf: (value) => ({ respond: { status: numberIn(value) } }),
    valueOf: ({ respond }) => shown(Object(respond).status),
  },
  duration('delay', 'answer late', 'Delay', '2s'),
  duration('slowBody', 'send the body slowly', 'Over', '2s'),
  flag('reset', 'reset the connection'),
  flag('dropResponse', 'do it, and break the connection'),
  flag('truncate', 'send half of the body'),
  {
    kind: 'revoke',
    label: 'accept a revoked key a little longer',
    field: { label: 'Longer by', initial: '10s', type: 'duration' },
    effectOf: (value) => ({ propagation: { revoke: value } }),
    valueOf: ({ propagation }) => shown(Object(propagation).revoke),
  },
  {
    kind: 'issue',
    label: 'know a new key a little later',
    field: { label: 'Later by', initial: '2s', type: 'duration' },
    effectOf: (value) => ({ propagation: { issue: value } }),
    valueOf: ({ propagation }) => shown(Object(propagation).issue),
  },
];

function shown(value: unknown): string | undefined {
  return value === undefined ? undefined : String(value);
}

function duration(kind: 'delay' | 'slowBody', label: string, field: string, initial: string): EffectChoice {
  return {
    kind,
    label,
    field: { label: field, initial, type: 'duration' },
    effectOf: (value) => ({ [kind]: value }),
    valueOf: (effect) => shown(effect[kind]),
  };
}

function flag(kind: 'reset' | 'dropResponse' | 'truncate', label: string): EffectChoice {
  return {
    kind,
    label,
    effectOf: () => ({ [kind]: true }),
    valueOf: (effect) => (effect[kind] === true ? '' : undefined),
  };
}

/** The way that the form shows for an effect: the first that it has. Undefined for an effect that the form does not know. */
export function choiceOf(effect: Written): { readonly choice: EffectChoice; readonly value: string } | undefined {
  for (const choice of effectChoices) {
    const value = choice.valueOf(effect);
    if (value !== undefined) return { choice, value };
  }
  return undefined;
}

/** An effect in a few words, for the table: `status 503, retryAfter 2`. */
export function effectInWords(effect: FaultEffect): string {
  const parts = Object.entries(effect).map(([name, value]) => {
    if (value === true) return name;
    return `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`;
  });
  return parts.length === 0 ? '–' : parts.join(', ');
}
