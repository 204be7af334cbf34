import { fail } from '../../core/errors.ts';
import { GoJsonError } from '../../formats/go-json.ts';
import { decodeGoStruct, type GoStruct } from '../../formats/go-struct.ts';
import { WireError } from '../../http/provider.ts';
import { dataConversion } from './errors.ts';

/** Both POST and PUT decode into this struct, whatever the documentation says of POST. */
const tokenFields = {
  id: 'string',
  tenantId: 'string',
  userId: 'string',
  active: 'bool',
  createdAt: 'time.Time',
  updatedAt: 'time.Time',
  usedAt: 'time.Time',
} as const;

const credentialFields = { email: 'string', password: 'string' } as const;

/** Decodes a `UserApiToken`. Throws request_malformed. */
export function decodeToken(body: string | undefined): GoStruct<typeof tokenFields> {
  return decoded(
    () => decodeGoStruct(body ?? '', 'model.UserApiToken', tokenFields),
    (problem) => fail('request_malformed', { problem }),
  );
}

/** Decodes the `Credential` of a log-in. Throws the real server's answer, which has Go's text in it. */
export function decodeCredential(body: string | undefined): GoStruct<typeof credentialFields> {
  return decoded(
    () => decodeGoStruct(body ?? '', 'model.Credential', credentialFields),
    (problem) => {
      throw new WireError(dataConversion(problem));
    },
  );
}

function decoded<T>(decode: () => T, refuse: (problem: string) => never): T {
  try {
    return decode();
  } catch (error) {
    if (error instanceof GoJsonError) return refuse(error.message);
    throw error;
  }
}
