import { Type } from 'typebox';

/** The body of every error of the API. */
export const HttpError = Type.Object(
  {
    error: Type.Object({ code: Type.Integer(), reason: Type.String(), details: Type.String() }),
  },
  { title: 'HttpError' },
);

/** The error answers that the documentation of every route of the API lists. */
export const ErrorAnswers = {
  400: HttpError,
  401: HttpError,
  403: HttpError,
  404: HttpError,
  429: HttpError,
  500: HttpError,
};
