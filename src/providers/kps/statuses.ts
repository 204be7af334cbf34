import type { ErrorReply } from '../../provider/provider.ts';
import { apiError, unauthorized } from './wire/errors.ts';

/** One answer for each status of the server's list of error codes: for faults, which say no more than a status. */
export const statuses: ReadonlyMap<number, () => ErrorReply> = new Map([
  [400, () => apiError(400, 20480, "Invalid input data for 'body'.")],
  [401, () => unauthorized],
  [403, () => apiError(403, 20487, "You do not have the required permission: 'RBAC/userID'.")],
  [404, () => apiError(404, 0, 'not found')],
  [405, () => apiError(405, 0, 'Method Not Allowed')],
  [412, () => apiError(412, 20497, 'Precondition failed.')],
  [429, () => apiError(429, 0, 'Too Many Requests')],
  [500, () => apiError(500, 20489, "An internal error occurred: ''.")],
  [503, () => apiError(503, 0, 'Service Unavailable')],
]);
