import { Type } from 'typebox';
import { WireError } from '../../provider/provider.ts';
import { MapOf } from '../../provider/schemas.ts';
import { defineEffect } from '../effect.ts';

const Answer = Type.Object(
  {
    status: Type.Integer({ minimum: 200, maximum: 599 }),
    headers: Type.Optional(
      MapOf(Type.String({ pattern: '^[ -~]*$' }), {
        names: "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$",
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

/** The length of the body decides how the answer is framed; Node throws for a `Trailer` of an answer that has a length. */
const framingHeaders: ReadonlySet<string> = new Set(['transfer-encoding', 'trailer']);

export const respond = defineEffect({
  name: 'respond',
  properties: { respond: Type.Optional(Answer) },
  answer: 'replaced',

  problemOf({ respond }) {
    const names = Object.keys(respond?.headers ?? {}).map((name) => name.toLowerCase());
    const framing = names.find((name) => framingHeaders.has(name));
    return framing && `respond cannot set ${framing}`;
  },

  onRequest({ respond }) {
    // Ends the request; `onAnswer` fills in the answer, after everything that the provider does to its answers.
    if (respond !== undefined) throw new WireError({ status: respond.status, body: null });
  },

  onAnswer({ respond }, payload, { reply, provider }) {
    if (respond === undefined) return payload;
    const { headers = {}, body = null } = respond;
    if (body !== null)
      reply.header('content-type', typeof body === 'string' ? 'text/plain; charset=utf-8' : provider.jsonMediaType);
    reply.headers(headers);
    return typeof body === 'string' || body === null ? body : JSON.stringify(body);
  },
});
