import { Option } from 'commander';
import type { JournalEntry, Key, Latchkey, RequestFilter } from '../client/types.ts';
import { type AddCommand, type CommandSurroundings, examples, type Shown } from './command.ts';
import { environmentOf } from './environment.ts';
import { table } from './table.ts';
import { keyTable, requestLine, requestTable } from './views.ts';

export function addKeys(command: AddCommand): void {
  command<{ provider?: string; state?: Key['state']; tenant?: string; owner?: string }>(
    'keys',
    'the stored keys, with the time they have left',
    async (lk, { provider, state, tenant, owner }, _words, { paint }) => {
      const filter = {
        ...(provider && { provider }),
        ...(state && { state }),
        ...(tenant && { tenant }),
        ...(owner && { owner }),
      };
      const [keys, { now }] = [await lk.keys.list(filter), await lk.clock.read()];
      return { data: keys, text: keyTable(keys, now, paint) };
    },
  )
    .option('--provider <name>')
    .addOption(new Option('--state <state>').choices(['active', 'suspended', 'revoked', 'expired']))
    .option('--tenant <tenant>')
    .option('--owner <owner>')
    .addHelpText('after', examples('keys', 'keys --provider rockset --state active', 'keys --world checkout-7 --json'));
}

interface RequestOptions {
  readonly provider?: string;
  readonly status?: string;
  readonly limit: string;
  readonly follow?: true;
}

export function addRequests(command: AddCommand): void {
  command<RequestOptions>('requests', 'the last requests; with an ID why it was answered so', showRequests)
    .argument('[id]')
    .option('--provider <name>')
    .option('--status <status>')
    .option('--limit <count>', 'how many', '20')
    .option('-f, --follow', 'the oldest first, and then each as it is answered, until it is interrupted')
    .addHelpText('after', examples('requests', 'requests 17', 'requests --follow --status 401', 'requests --follow --json'));
}

async function showRequests(
  lk: Latchkey,
  { provider, status, limit, follow, json }: RequestOptions & { readonly json?: true },
  [id]: readonly string[],
  surroundings: CommandSurroundings,
): Promise<Shown | undefined> {
  if (id !== undefined) {
    const explained = await lk.explain(id);
    return { data: explained, text: `${explained.explanation.verdict}: ${explained.explanation.sentence}\n` };
  }
  const filter = { limit: Number(limit), ...(provider && { provider }), ...(status && { status: Number(status) }) };
  if (follow) return followRequests(lk, filter, json === true, surroundings);
  const requests = await lk.requests(filter);
  return { data: requests, text: requestTable(requests, surroundings.paint) };
}

/** Those there are, and each further one, a line each: what comes while they are asked for is neither lost nor shown twice. */
async function followRequests(
  lk: Latchkey,
  filter: RequestFilter,
  isJson: boolean,
  { write, paint }: CommandSurroundings,
): Promise<undefined> {
  const show = (entry: JournalEntry) => write(`${isJson ? JSON.stringify(entry) : requestLine(entry, paint)}\n`);
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

export function addCredentials(command: AddCommand): void {
  command<{ env?: true }>(
    'credentials',
    "the seeded credentials; --env as the providers' clients read them",
    async (lk, options) => {
      if (options.env) return environmentText(await environmentOf(lk));
      const rows = Object.entries(lk.credentials).flatMap(([provider, named]) =>
        Object.values(named).map(({ name, secret, description }) => [provider, name, secret ?? '-', description]),
      );
      return { data: lk.credentials, text: table(['PROVIDER', 'NAME', 'SECRET', 'WHOSE'], rows) };
    },
  )
    .option('--env', 'as assignments for a shell')
    .addHelpText('after', examples('credentials', 'credentials --env > latchkey.env', 'credentials --env --json'));
}

function environmentText(variables: Readonly<Record<string, string>>): Shown {
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'\n`);
  return { data: variables, text: lines.join('') };
}
