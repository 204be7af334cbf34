import type { ExplainedEntry, JournalEntry, RequestFilter } from '../client/types.ts';
import { defineCommand, type Surroundings } from './command.ts';
import { type Cell, type Colour, line, type Paint, type Screen, table } from './printed/table.ts';
import { type DrivenLatchkey, drivingOptions, open, type Unchecked } from './reaching/driving.ts';

export const command = defineCommand({
  words: ['[id]'],
  options: {
    ...drivingOptions,
    provider: { type: 'string', description: 'only requests to this provider' },
    status: { type: 'integer', minimum: 0, maximum: 599, description: 'only requests with this status' },
    limit: { type: 'integer', minimum: 1, maximum: 1000, default: 20, description: 'the maximum number of requests' },
    follow: {
      type: 'boolean',
      short: 'f',
      description: 'print the oldest first, then each as it is answered, until interrupted',
    },
  },
  async run({ options, words: [id], surroundings }) {
    const { provider, status, limit, follow, json = false } = options;
    const lk = await open(options);
    if (id !== undefined) {
      const explained = await lk.explain(id);
      return { data: explained, text: explanationText(explained) };
    }
    const filter = { limit, ...(provider && { provider }), ...(status !== undefined && { status }) };
    if (follow) return followRequests(lk, filter, json, surroundings);
    const requests = await lk.requests(filter);
    return { data: requests, text: requestTable(requests, surroundings) };
  },
});

function explanationText({ explanation: { verdict, sentence }, mark, client, from, nearest = [] }: ExplainedEntry): string {
  const near = nearest.map(({ provider, method, path, why }) => `  near: ${method} ${path} of ${provider} (${why})\n`);
  const facts = [
    ['during', mark],
    ['client', client && from ? `${client}, from ${from}` : (client ?? from)],
  ] as const;
  const told = facts.flatMap(([what, fact]) => (fact ? [`  ${what}: ${fact}\n`] : []));
  return `${verdict}: ${sentence}\n${near.join('')}${told.join('')}`;
}

/** Prints the last requests and then each further one, on a line each. Requests that are answered meanwhile appear once. */
async function followRequests(
  lk: DrivenLatchkey,
  filter: Unchecked<RequestFilter>,
  isJson: boolean,
  { print, paint }: Surroundings,
): Promise<undefined> {
  const show = (entry: JournalEntry) => print(`${isJson ? JSON.stringify(entry) : requestLine(entry, paint)}\n`);
  const events = lk.events({ types: ['request'] });
  try {
    await events.listening;
    const before = (await lk.requests(filter)).toReversed();
    for (const entry of before) show(entry);
    let shown = Number(before.at(-1)?.id ?? 0);
    for await (const { data: entry } of events) {
      const isWanted = entry.provider === (filter.provider ?? entry.provider) && entry.status === (filter.status ?? entry.status);
      if (!isWanted || Number(entry.id) <= shown) continue;
      shown = Number(entry.id);
      show(entry);
    }
  } finally {
    events.close();
  }
}

function requestTable(requests: readonly JournalEntry[], screen: Screen): string {
  return table(['ID', 'AT', 'PROVIDER', 'STATUS', 'METHOD', 'PATH', 'CODE'], requests.map(cellsOf), screen);
}

/** Wide enough for most requests: the widest one is not known while they are still being printed. */
const widths = [5, 24, 8, 3, 6, 40];

function requestLine(entry: JournalEntry, paint: Paint): string {
  return line(cellsOf(entry), widths, paint);
}

function cellsOf({ id, at, provider, method, path, status, code }: JournalEntry): readonly Cell[] {
  return [id, at, provider ?? '-', { text: String(status), colour: colourOf(status) }, method, path, code ?? '-'];
}

/** A broken connection has the status 0. */
function colourOf(status: number): Colour {
  if (status === 0 || status >= 500) return 'red';
  return status >= 400 ? 'yellow' : 'green';
}
