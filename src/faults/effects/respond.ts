import { Type } from 'typebox';
import { WireError } from '../../provider/provider.ts';
import type { Hit } from '../hit.ts';

const Answer = Type.Object(
  {
    status: Type.Integer({ minimum: 200, maximum: 599 }),
    headers: Type.Optional(
      Type.Record(Type.String({ pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$" }), Type.String({ pattern: '^[ -~]*$' }), {
        additionalProperties: false,
      }),
    ),
    body: Type.Optional(
      Type.Unknown({
        description:
          'A text goes out as it is (text/plain unless the headers say otherwise), anything else as JSON, null as no body',
      }),
    ),
  },
  { additionalProperties: false },
);

export const properties = { respond: Type.Optional(Answer) };

interface RespondEffect {
  readonly respond?: { readonly status: number; readonly headers?: Record<string, string>; readonly body?: unknown };
}

/** How an answer is framed follows from its body. */
export function refuse({ respond }: RespondEffect): string | undefined {
  const isFramed = Object.keys(respond?.headers ?? {}).some((name) => name.toLowerCase() === 'transfer-encoding');
  return isFramed ? 'respond cannot set transfer-encoding' : undefined;
}

/** Throws, so that nothing else is done; what is said is said by `onSend`. */
export function onRequest({ respond }: RespondEffect): void {
  if (respond !== undefined) throw new WireError({ status: respond.status, body: null });
}

/** An answer of the tester's own, to the letter: after whatever the provider does to answers. */
export function onSend({ respond }: RespondEffect, payload: unknown, { reply, provider }: Hit): unknown {
  if (respond === undefined) return payload;
  const { headers = {}, body = null } = respond;
  if (body !== null)
    reply.header('content-type', typeof body === 'string' ? 'text/plain; charset=utf-8' : provider.jsonMediaType);
  reply.headers(headers);
  return typeof body === 'string' || body === null ? body : JSON.stringify(body);
}
