import { Type } from 'typebox';
import type { ApiKey } from '../../core/api-key.ts';
import { EmulatorError, type ErrorCode, type ErrorDetails, type RefusedKey } from '../../core/errors.ts';
import { Words } from '../../provider/schemas.ts';
import { defineEffect } from '../effect.ts';

/** The details of an injected error: those of the request's key if there is one, else placeholders. */
const details: { readonly [C in ErrorCode]: (key: ApiKey | undefined) => ErrorDetails[C] } = {
  credential_missing: () => null,
  credential_malformed: () => ({ problem: '' }),
  key_unknown: () => null,
  key_expired: refused,
  key_suspended: refused,
  key_revoked: refused,
  permission_denied: () => ({ required: '' }),
  key_not_found: (key) => ({ handle: key?.name ?? key?.id ?? '' }),
  key_name_taken: (key) => ({ name: key?.name ?? '' }),
  key_limit_reached: () => ({ limit: 0 }),
  transition_refused: () => ({ from: 'revoked', to: 'active' }),
  request_malformed: () => ({ problem: 'injected' }),
  request_invalid: () => ({ problem: 'injected', path: '' }),
  payload_too_large: () => null,
  media_type_unsupported: () => null,
  expectation_failed: () => null,
  route_not_found: () => null,
  method_not_allowed: () => ({ allowed: [] }),
  not_implemented: () => ({ operation: '' }),
  rate_limited: () => null,
  unavailable: () => null,
  internal: () => null,
};

const codes = Object.keys(details).filter((code): code is ErrorCode => code in details);

export const code = defineEffect({
  name: 'code',
  properties: {
    code: Type.Optional(Words(codes, { description: "An error of the core, in the provider's own words" })),
  },
  answer: 'replaced',

  onRequest({ code }, { key }) {
    if (code !== undefined) throw new EmulatorError(code, details[code](key));
  },
});

function refused(key: ApiKey | undefined): RefusedKey {
  return { owner: key?.owner ?? '', name: key?.name ?? null, expiresAt: key?.expiresAt ?? null };
}
