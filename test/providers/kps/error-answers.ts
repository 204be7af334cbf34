import { table } from '../error-answer.ts';

/** The answer to each status that a fault may ask for. */
export const errorAnswers = table(
  [
    [400, ', "errorCode": 20480', "Invalid input data for 'body'."],
    [401, '', 'Unauthorized'],
    [403, ', "errorCode": 20487', "You do not have the required permission: 'RBAC/userID'."],
    [404, ', "errorCode": 0', 'not found'],
    [405, ', "errorCode": 0', 'Method Not Allowed'],
    [412, ', "errorCode": 20497', 'Precondition failed.'],
    [429, ', "errorCode": 0', 'Too Many Requests'],
    [500, ', "errorCode": 20489', "An internal error occurred: ''."],
    [503, ', "errorCode": 0', 'Service Unavailable'],
  ],
  ([status, errorCode, message]) => ({
    mediaType: 'application/json',
    text: () => `{"statusCode": ${status}${errorCode}, "message": "${message}"}`,
  }),
);
