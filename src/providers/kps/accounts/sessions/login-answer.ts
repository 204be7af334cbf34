import type { Resource } from '../../../../core/resource-store.ts';
import type { User } from '../users/users.ts';
import type { LoginResponse } from './schemas.ts';

/** The answer to a log-in or an exchange: the new token and its user. */
export function toLoginResponse({ id, data }: Resource<User>, token: string): LoginResponse {
  return { token, _id: id, name: data.name, email: data.email };
}

/** Serialises that answer as the real server writes it by hand: blanks after its commas and later colons, no newline. */
export function loginSerializer(): (answer: LoginResponse) => string {
  return ({ token, _id, name, email }) => {
    const [shownToken, shownId, shownName, shownEmail] = [token, _id, name, email].map((text) => JSON.stringify(text));
    return `{"token":${shownToken}, "_id": ${shownId}, "name": ${shownName}, "email": ${shownEmail}}`;
  };
}
