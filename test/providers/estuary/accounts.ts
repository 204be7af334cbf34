import type { TestEmulator } from '../emulator.ts';
import { admin, estuaryError } from './estuary.ts';

/** The invite of the built-in seed. */
export const inviteCode = 'latchkey';

/** The answer to a body that Go cannot decode: the server's own words, then the text of Go's decoder. */
export const invalidInput = (text: string) =>
  estuaryError(400, 'ERR_INVALID_INPUT', `one or more params has an invalid data type or not supported: ${text}`);

export const unknownInvite = estuaryError(404, 'ERR_INVALID_INVITE', 'no such invite code was found');
export const claimedInvite = estuaryError(400, 'ERR_INVITE_ALREADY_USED', 'the invite code as already been claimed');
export const takenName = estuaryError(400, 'ERR_USERNAME_TAKEN', 'username already exist');
export const unknownUser = estuaryError(403, 'ERR_USER_NOT_FOUND', 'no such user exist');
export const wrongPassword = estuaryError(403, 'ERR_INVALID_PASSWORD', '');

/** A registration that succeeds; tests change single fields of it. */
export const carol = { username: 'carol', passwordHash: 'carol-hash', inviteCode };

/** An invite as the widest version lists it. */
export interface WireInvite {
  readonly code: string;
  readonly createdBy: string;
  readonly claimedBy: string;
  readonly createdAt?: string;
}

/** Makes an invite as the administrator. */
export async function createInvite({ request }: TestEmulator, code: string): Promise<void> {
  await request.post(`/admin/invite/${code}`).set('Authorization', admin).expect(200);
}

/** The invites that the API lists. */
export async function listInvites({ request }: TestEmulator): Promise<WireInvite[]> {
  const { body } = await request.get('/admin/invites').set('Authorization', admin).expect(200);
  return body;
}

/** Logs a user in and gives the status of the answer. */
export async function loginStatus({ request }: TestEmulator, username: string, passwordHash: string): Promise<number> {
  return (await request.post('/login').send({ username, passwordHash })).status;
}
