import { worldMakers } from '../worlds/world-maker.ts';
import { CommandError } from './arguments/command-error.ts';
import { seedIn } from './arguments/seed-word.ts';
import { defineCommand, defineGroup } from './command.ts';
import { table } from './printed/table.ts';
import { call, type Reached, reachingOptions } from './reaching/driving.ts';

/** A world as `GET /worlds` lists it. */
interface WorldRow {
  readonly name: string;
  readonly url: string;
  readonly isOpen: boolean;
  readonly now: string | null;
  readonly keys?: number | null;
  readonly requests?: number | null;
  readonly madeBy?: string | null;
  readonly lastUsedAt?: string | null;
}

interface WorldPage {
  readonly worlds: readonly WorldRow[];
  readonly cursor?: string | null;
}

const list = defineCommand({
  options: reachingOptions,
  async run({ options, surroundings }) {
    const worlds = await allWorlds(options);
    const rows = worlds.map((world) => [
      world.name,
      world.isOpen ? 'open' : 'in its file',
      world.now ?? '-',
      ...[world.keys, world.requests, world.madeBy, world.lastUsedAt].map((one) => String(one ?? '-')),
      world.url,
    ]);
    const heading = ['NAME', 'STATE', 'CLOCK', 'KEYS', 'REQUESTS', 'MADE BY', 'LAST USED', 'URL'];
    return { data: worlds, text: table(heading, rows, surroundings) };
  },
});

/** Every page of the list. */
async function allWorlds(options: Reached): Promise<readonly WorldRow[]> {
  const found: WorldRow[] = [];
  let cursor: string | null | undefined;
  do {
    const query = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
    const page = await call<WorldPage>(options, 'GET', `/worlds?limit=1000${query}`);
    found.push(...page.worlds);
    cursor = page.cursor;
  } while (cursor);
  return found;
}

const make = defineCommand({
  words: ['<name>'],
  options: {
    ...reachingOptions,
    seed: { type: 'string', description: 'a seed file of its own (default: the seed of the latchkey)' },
  },
  async run({ options, words: [name = ''], surroundings: { folder } }) {
    const seed = options.seed === undefined ? undefined : await seedIn(options.seed, folder);
    const made = await call<WorldRow>(options, 'PUT', `/worlds/${encodeURIComponent(name)}`, { seed });
    return { data: made, text: `${made.url}\n` };
  },
});

const drop = defineCommand({
  words: ['[name]'],
  options: {
    ...reachingOptions,
    'made-by': { type: 'string', enum: worldMakers, description: 'instead of a name: all worlds that these made' },
  },
  async run({ options, words: [name] }) {
    const { 'made-by': maker } = options;
    if ((name === undefined) === (maker === undefined)) throw new CommandError('expected the name of a world, or --made-by');
    if (name !== undefined) return { data: await dropOne(name, options), text: `dropped ${name}\n` };
    const made = (await allWorlds(options)).filter(({ madeBy }) => madeBy === maker);
    for (const world of made) await dropOne(world.name, options);
    const dropped = made.map((world) => world.name);
    return { data: { dropped }, text: `dropped ${dropped.join(', ') || 'none'}\n` };
  },
});

function dropOne(name: string, options: Reached): Promise<object> {
  return call(options, 'DELETE', `/worlds/${encodeURIComponent(name)}`);
}

export const command = defineGroup(
  {
    list: { does: 'list the worlds', examples: ['worlds', 'worlds list --json'], command: list },
    make: {
      does: 'make a world, with a seed of its own if one is given, and print its base URL',
      examples: ['worlds make checkout-7', 'worlds make checkout-7 --seed seed.yaml'],
      command: make,
    },
    drop: {
      does: 'end a world, or all that these made, and forget everything in it',
      examples: ['worlds drop checkout-7', 'worlds drop --made-by client'],
      command: drop,
    },
  },
  'list',
);
