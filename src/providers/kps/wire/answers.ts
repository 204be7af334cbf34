import { Type } from 'typebox';
import { NoBody } from '../../../provider/schemas.ts';
import { Id } from './schemas.ts';

/** The documents with which changes are answered; those of /v1.0 call the id `id`. */
export const CreateDocumentResponseV2 = Type.Object({ id: Id }, { title: 'CreateDocumentResponseV2' });
export const UpdateDocumentResponseV2 = Type.Object({ id: Id }, { title: 'UpdateDocumentResponseV2' });
export const DeleteDocumentResponseV2 = Type.Object(
  { id: Type.String({ description: 'Empty when nothing was deleted' }) },
  { title: 'DeleteDocumentResponseV2' },
);

/** An error as the real server documents it: `APIErrorPayload`. */
export function ApiErrorPayload(description: string) {
  return Type.Object(
    {
      statusCode: Type.Integer({ format: 'int64' }),
      errorCode: Type.Optional(Type.Integer({ format: 'int64', description: 'Absent from the 401 of a refused token' })),
      message: Type.String(),
    },
    { title: 'APIErrorPayload', description },
  );
}

/** The errors of every operation. */
export const ErrorAnswers = {
  400: ApiErrorPayload('A malformed body, or one that breaks a rule'),
  401: ApiErrorPayload('Not authenticated; the same for every reason'),
  403: ApiErrorPayload('Not permitted'),
  429: ApiErrorPayload('Only when a fault asks for it'),
  500: ApiErrorPayload('Internal error'),
};

/** The errors of a GET, whose answer is compressed (gzip.ts). */
export const GetErrorAnswers = { ...ErrorAnswers, 406: NoBody('The client accepts no encoding that the server has') };
