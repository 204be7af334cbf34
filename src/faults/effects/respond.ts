import { Type } from 'typebox';
import { WireError } from '../../http/provider.ts';

const Answer = Type.Object(
  {
    status: Type.Integer({ minimum: 200, maximum: 599 }),
    headers: Type.Optional(
      Type.Record(Type.String({ pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$" }), Type.String({ pattern: '^[ -~]*$' })),
    ),
    body: Type.Optional(Type.Unknown({ description: 'A text goes out as it is, anything else as JSON, null as no body' })),
  },
  { additionalProperties: false },
);

export const properties = { respond: Type.Optional(Answer) };

interface RespondEffect {
  readonly respond?: { readonly status: number; readonly headers?: Record<string, string>; readonly body?: unknown };
}

/** Throws an answer of the tester's own. */
export function onRequest({ respond }: RespondEffect): void {
  if (respond === undefined) return;
  const { status, headers = {}, body = null } = respond;
  throw new WireError({ status, headers, body: typeof body === 'string' || body === null ? body : Object(body) });
}
