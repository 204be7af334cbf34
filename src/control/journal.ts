import { type Static, Type } from 'typebox';
import { fromIso, toIso } from '../clock.ts';
import type { Entry } from '../journal/entry.ts';
import type { EntryFilter } from '../journal/journal.ts';
import { Nullable } from '../provider/schemas.ts';
import { ControlError, invalid } from './errors.ts';
import { Explanation, explain } from './explain.ts';
import { knownProvider } from './keys.ts';
import { pageFields, pageQuery } from './pages.ts';
import { answers } from './schemas.ts';
import type { ControlParts, ControlScope } from './scope.ts';

const summaryFields = {
  id: Type.String(),
  at: Type.String({ format: 'date-time', description: "By the world's clock" }),
  provider: Type.String(),
  operation: Nullable(Type.String({ description: "The vendor's operation id; null for a path that is none" })),
  method: Type.String(),
  path: Type.String(),
  status: Type.Integer({ description: '0 where the connection was broken instead' }),
  key: Nullable(Type.String({ description: 'Id of the key that the credential belongs to, accepted or not' })),
  credential: Nullable(Type.String({ description: 'The hint of what was presented' })),
  code: Nullable(
    Type.String({ description: "The core's word for a refusal; null for a success and for a provider's own error" }),
  ),
  fault: Nullable(Type.String({ description: 'Ids of the faults that hit' })),
  durationMs: Type.Number({ description: 'In real time' }),
};
export const RequestSummary = Type.Object(summaryFields, { title: 'JournalEntry' });

const Texts = Type.Object({}, { additionalProperties: { type: 'string' } });
const RequestDetails = Type.Object(
  {
    ...summaryFields,
    requestHeaders: Texts,
    requestBody: Nullable(Type.String({ description: 'Without secrets, cut at 64 KiB' })),
    responseHeaders: Texts,
    responseBody: Nullable(Type.String()),
    explanation: Explanation,
  },
  { title: 'ExplainedEntry' },
);

const filterFields = {
  provider: Type.Optional(Type.String()),
  operation: Type.Optional(Type.String()),
  status: Type.Optional(Type.Integer()),
  key: Type.Optional(Type.String({ description: 'Id of a key' })),
  since: Type.Optional(Type.String({ format: 'date-time', description: "RFC 3339, by the world's clock" })),
};
const Filter = Type.Object(filterFields);
const cursor = Type.Optional(Type.Integer({ minimum: 1, description: 'From the page before' }));

/** What was asked of a world, and why it was answered as it was. */
export function addJournal(scope: ControlScope, parts: ControlParts): void {
  const { worldOf } = parts;
  const tags = ['Journal'];

  scope.get(
    '/requests',
    {
      schema: {
        operationId: 'listRequests',
        tags,
        summary: 'The last requests, the newest first',
        querystring: Type.Object({ ...filterFields, ...pageQuery, cursor }),
        response: answers(Type.Object({ requests: Type.Array(RequestSummary), ...pageFields })),
      },
    },
    async (request) => {
      const { limit = 1000, cursor, ...filter } = request.query;
      const found = worldOf(request).journal.find(readFilter(filter, parts));
      // By id, not by place: meanwhile further requests may have come.
      const left = cursor === undefined ? found : found.filter(({ id }) => id < cursor);
      const page = left.slice(0, limit);
      const last = left.length > limit ? page.at(-1) : undefined;
      return { requests: page.map(summaryOf), total: found.length, cursor: last === undefined ? null : String(last.id) };
    },
  );

  scope.get(
    '/requests/count',
    {
      schema: {
        operationId: 'countRequests',
        tags,
        querystring: Filter,
        response: answers(Type.Object({ count: Type.Integer() })),
      },
    },
    async (request) => ({ count: worldOf(request).journal.find(readFilter(request.query, parts)).length }),
  );

  scope.get(
    '/requests/:id',
    {
      schema: {
        operationId: 'explainRequest',
        tags,
        summary: 'One request, and why it was answered as it was',
        params: Type.Object({ id: Type.String() }),
        response: answers(RequestDetails),
      },
    },
    async (request) => {
      const { id } = request.params;
      const entry = worldOf(request).journal.get(Number(id));
      if (entry === undefined)
        throw new ControlError(404, 'request_not_found', `The journal has no request ${JSON.stringify(id)}.`);
      const { requestHeaders, requestBody, responseHeaders, responseBody } = entry.texts.messages();
      const explanation = await explain(entry, worldOf(request), parts.worlds.all());
      return { ...summaryOf(entry), requestHeaders, requestBody, responseHeaders, responseBody, explanation };
    },
  );

  scope.delete(
    '/requests',
    { schema: { operationId: 'clearRequests', tags, response: answers(Type.Object({ cleared: Type.Literal(true) })) } },
    async (request) => {
      worldOf(request).journal.clear();
      return { cleared: true as const };
    },
  );
}

function readFilter({ since, provider, ...rest }: Static<typeof Filter>, { providers }: ControlParts): EntryFilter {
  if (provider !== undefined) knownProvider(providers, provider);
  const from = since === undefined ? undefined : (fromIso(since) ?? refuseInstant());
  return { ...rest, provider, since: from };
}

function refuseInstant(): never {
  throw invalid('since must be an RFC 3339 date-time such as 2030-01-01T00:00:00Z');
}

/** An entry as lists show it. */
export function summaryOf(entry: Entry): Static<typeof RequestSummary> {
  const { id, at, provider, operation, method, status, key, code, faults, durationMs } = entry;
  const { path, credential } = entry.texts.head();
  return {
    ...{ id: String(id), at: toIso(at), provider, operation, method, path, status, code },
    key: key?.id ?? null,
    credential: credential?.hint ?? null,
    fault: faults.length === 0 ? null : faults.join(','),
    durationMs: Math.round(durationMs * 1000) / 1000,
  };
}
