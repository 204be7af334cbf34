import { fail } from '../../../core/errors.ts';
import { decodeFirstJsonValue, GoJsonError } from '../../../formats/go-json.ts';
import { decodeGoStruct, type GoFields, type GoStruct } from '../../../formats/go-struct.ts';
import { WireError } from '../../../provider/provider.ts';
import { dataConversion } from './errors.ts';

/** Both POST and PUT decode into this struct, although the documentation has another one for POST. */
const tokenFields = {
  id: 'string',
  tenantId: 'string',
  userId: 'string',
  active: 'bool',
  createdAt: 'time.Time',
  updatedAt: 'time.Time',
  usedAt: 'time.Time',
} as const;

/** Without `version`, a number that the real server ignores. */
const userFields = {
  id: 'string',
  tenantId: 'string',
  createdAt: 'time.Time',
  updatedAt: 'time.Time',
  email: 'string',
  name: 'string',
  password: 'string',
  role: 'string',
} as const;

const credentialFields = { email: 'string', password: 'string' } as const;

/** Decodes a `UserApiToken`. Throws request_malformed. */
export function decodeToken(body: string | undefined): GoStruct<typeof tokenFields> {
  return decoded(body, 'model.UserApiToken', tokenFields, refuseMalformed);
}

/** Decodes a `User`. Throws request_malformed. */
export function decodeUser(body: string | undefined): GoStruct<typeof userFields> {
  return decoded(body, 'model.User', userFields, refuseMalformed);
}

/** Decodes the `Credential` of a log-in. Throws the 400 with the text of Go's decoder. */
export function decodeCredential(body: string | undefined): GoStruct<typeof credentialFields> {
  return decoded(body, 'model.Credential', credentialFields, (problem) => {
    throw new WireError(dataConversion(problem));
  });
}

/** Counts the entries of the JSON object of strings that an exchange for a long token may carry; 0 for any other body. */
export function countInfo(body: string | undefined): number {
  try {
    const info: unknown = decodeFirstJsonValue(body ?? '');
    if (typeof info !== 'object' || info === null || Array.isArray(info)) return 0;
    const values: unknown[] = Object.values(info);
    return values.every((value) => typeof value === 'string' || value === null) ? values.length : 0;
  } catch (error) {
    if (error instanceof GoJsonError) return 0;
    throw error;
  }
}

function refuseMalformed(problem: string): never {
  return fail('request_malformed', { problem });
}

function decoded<F extends GoFields>(
  body: string | undefined,
  structName: string,
  fields: F,
  refuse: (problem: string) => never,
): GoStruct<F> {
  try {
    return decodeGoStruct(body ?? '', structName, fields);
  } catch (error) {
    if (error instanceof GoJsonError) return refuse(error.message);
    throw error;
  }
}
