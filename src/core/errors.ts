import type { Instant } from '../clock.ts';
import type { EffectiveState } from './key-state.ts';

/** What a provider may need to word the refusal of a key that it knows: these fields of the key. */
export interface RefusedKey {
  readonly owner: string;
  readonly name: string | null;
  readonly expiresAt: Instant | null;
}

/** Every error that shared code can throw, with the facts that a provider needs to word it. */
export interface ErrorDetails {
  readonly credential_missing: null;
  /** `problem` is the provider's word for what was wrong, from its `readCredential`. */
  readonly credential_malformed: { readonly problem: string };
  readonly key_unknown: null;
  readonly key_expired: RefusedKey;
  readonly key_suspended: RefusedKey;
  readonly key_revoked: RefusedKey;
  /** `required` is the provider's word for the missing grant. */
  readonly permission_denied: { readonly required: string };
  readonly key_not_found: { readonly handle: string };
  readonly key_name_taken: { readonly name: string };
  readonly key_limit_reached: { readonly limit: number };
  readonly transition_refused: { readonly from: EffectiveState; readonly to: EffectiveState };
  readonly request_malformed: { readonly problem: string };
  readonly request_invalid: { readonly problem: string; readonly path: string };
  readonly payload_too_large: null;
  readonly media_type_unsupported: null;
  /** The header `Expect` has another value than `100-continue`. */
  readonly expectation_failed: null;
  readonly route_not_found: null;
  readonly method_not_allowed: { readonly allowed: readonly string[] };
  /** `operation` is the vendor's id of an operation that is not emulated. */
  readonly not_implemented: { readonly operation: string };
  readonly rate_limited: null;
  readonly unavailable: null;
  readonly internal: null;
}

export type ErrorCode = keyof ErrorDetails;

/** The codes of errors without details. */
export type PlainErrorCode = { [C in ErrorCode]: ErrorDetails[C] extends null ? C : never }[ErrorCode];

/**
 * An error that is worded as an answer. It has no stack: nobody reads where a refusal was made, and collecting its frames would
 * take a seventh of the CPU time of the request.
 */
export class AnswerError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    const { stackTraceLimit } = Error;
    Reflect.set(Error, 'stackTraceLimit', 0);
    super(message, options);
    Reflect.set(Error, 'stackTraceLimit', stackTraceLimit);
  }
}

/**
 * An error in the core's terms. The provider that was asked words it by its `ErrorTable`. The message is for logs and never
 * reaches the wire.
 */
export class EmulatorError<C extends ErrorCode = ErrorCode> extends AnswerError {
  override readonly name = 'EmulatorError';
  readonly code: C;
  readonly detail: ErrorDetails[C];

  constructor(code: C, detail: ErrorDetails[C], options?: ErrorOptions) {
    super(code, options);
    this.code = code;
    this.detail = detail;
  }
}

/** Throws an EmulatorError, where an expression is needed. */
export function fail<C extends ErrorCode>(code: C, detail: ErrorDetails[C]): never {
  throw new EmulatorError(code, detail);
}
