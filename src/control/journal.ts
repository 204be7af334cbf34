import { type Static, Type } from 'typebox';
import { fromIso } from '../clock.ts';
import { pausing } from '../core/pieces.ts';
import type { Entry } from '../journal/entry.ts';
import type { EntryFilter } from '../journal/filter.ts';
import { EntryGoneError, type Recorded } from '../journal/shared-journal.ts';
import { Nullable } from '../provider/schemas.ts';
import type { World } from '../worlds/world.ts';
import { ControlError, invalid } from './errors.ts';
import { Explanation, explain } from './explain.ts';
import { mapInPieces, numberedCursor, pageFields, pageOf, pageQuery } from './pages.ts';
import { answers, Dictionary, entryFields, JournalEntry } from './schemas.ts';
import type { ControlParts, ControlScope } from './scope.ts';
import { knownProvider, summaryOf } from './views.ts';

const Texts = Dictionary(Type.String());
export const ExplainedEntry = Type.Object(
  {
    ...entryFields,
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
  refused: Type.Optional(Type.Boolean({ description: 'Status 0, 401 or 403, or a code; `false`: all others' })),
  code: Type.Optional(Type.String({ description: "The core's error code" })),
  method: Type.Optional(Type.String()),
  q: Type.Optional(Type.String({ description: 'A part of the path' })),
  mark: Type.Optional(Type.String({ description: 'The whole mark' })),
  since: Type.Optional(Type.String({ format: 'date-time', description: "RFC 3339, by the world's clock" })),
};
const Filter = Type.Object(filterFields);
type Filter = Static<typeof Filter>;
const RequestsQuery = Type.Object({ ...filterFields, ...pageQuery });
export type RequestsQuery = Static<typeof RequestsQuery>;

const forgotten = Type.Integer({
  description: 'How many requests the bounds of the journal pushed out since the last reset: they are not searched',
});
export const RequestCount = Type.Object({ count: Type.Integer(), forgotten });

const tags = ['Journal'];

/** The requests of a world, and why each was answered as it was. */
export function addJournalRoutes(scope: ControlScope, parts: ControlParts): void {
  scope.get(
    '/requests',
    {
      schema: {
        operationId: 'listRequests',
        tags,
        summary: 'The last requests, the newest first',
        querystring: RequestsQuery,
        response: answers(Type.Object({ requests: Type.Array(JournalEntry), ...pageFields, forgotten })),
      },
    },
    async ({ world, query }) => listRequests(world, query, parts),
  );

  scope.get(
    '/requests/count',
    {
      schema: {
        operationId: 'countRequests',
        tags,
        querystring: Filter,
        response: answers(RequestCount),
      },
    },
    async ({ world, query }) => {
      const { found, journal } = await findInPieces(world, query, parts);
      return { count: found.length, forgotten: journal.forgotten };
    },
  );

  scope.get(
    '/requests/:id',
    {
      schema: {
        operationId: 'explainRequest',
        tags,
        summary: 'One request, and why it was answered as it was',
        params: Type.Object({ id: Type.String({ examples: ['1'] }) }),
        response: answers(ExplainedEntry),
      },
    },
    async ({ world, params }) => explainRequest(world, params.id, parts),
  );

  scope.delete(
    '/requests',
    { schema: { operationId: 'clearRequests', tags, response: answers(Type.Object({ cleared: Type.Literal(true) })) } },
    async ({ world }) => {
      await world.journal.clearEverywhere();
      return { cleared: true as const };
    },
  );
}

async function listRequests(world: World, query: RequestsQuery, parts: ControlParts) {
  const { limit: _limit, cursor: _cursor, ...filter } = query;
  // The cursor is an id, not a position: more requests may have come since the previous page.
  const before = numberedCursor(query, Number.POSITIVE_INFINITY);
  const { found, journal, cleared } = await findInPieces(world, filter, parts);
  const rest = found.filter(({ id }) => id < before);
  const { page, total, cursor } = pageOf(rest, query, found.length, ({ id }) => String(id));
  await prepareHeads(page);
  const requests = await mapInPieces(page, summaryOf);
  // Then they are no longer there, nor what tells which of their words are secrets.
  if (cleared !== world.journal.cleared) return listRequests(world, query, parts);
  return { requests, total, cursor, forgotten: journal.forgotten };
}

/** What was found in a journal. */
interface Found {
  /** The newest first. */
  readonly found: readonly Entry[];
  readonly journal: Recorded;
  /** How often the journal of this process was cleared when it was searched. */
  readonly cleared: number;
}

/** The entries that match. The paths of entries are made when they are first read, which takes time. */
async function findInPieces(world: World, { q, ...filter }: Filter, parts: ControlParts): Promise<Found> {
  const asked = readFilter(filter, parts);
  const journal = await world.journal.everywhere();
  const { cleared } = world.journal;
  const found = journal.find(asked);
  if (q === undefined) return { found, journal, cleared };
  await prepareHeads(found);
  const matching = await mapInPieces(found, (entry) => (entry.texts.head().path.includes(q) ? [entry] : []));
  if (cleared !== world.journal.cleared) return findInPieces(world, { q, ...filter }, parts);
  return { found: matching.flat(), journal, cleared };
}

async function prepareHeads(entries: readonly Entry[]): Promise<void> {
  const pause = pausing();
  for (const { texts } of entries) {
    await texts.prepareHead();
    await pause();
  }
}

async function explainRequest(world: World, id: string, parts: ControlParts) {
  const entry = (await world.journal.everywhere()).get(Number(id));
  const unknown = new ControlError(404, 'request_not_found', `The journal has no request ${JSON.stringify(id)}.`);
  if (entry === undefined) throw unknown;
  const { cleared } = world.journal;
  await entry.texts.prepareHead();
  const messages = await entry.texts.messages().catch((error: unknown) => {
    throw error instanceof EntryGoneError ? unknown : error;
  });
  const explanation = await explain(entry, world, parts);
  if (cleared !== world.journal.cleared) throw unknown;
  return { ...summaryOf(entry), ...messages, explanation };
}

function readFilter({ since, provider, method, ...rest }: Omit<Filter, 'q'>, { providers }: ControlParts): EntryFilter {
  if (provider !== undefined) knownProvider(providers, provider);
  const from = since === undefined ? undefined : (fromIso(since) ?? refuseInstant());
  return { ...rest, provider, method: method?.toUpperCase(), since: from };
}

function refuseInstant(): never {
  throw invalid('since must be an RFC 3339 date-time such as 2030-01-01T00:00:00Z');
}
