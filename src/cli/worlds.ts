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
  words: ['<name>'],
  options: reachingOptions,
  async run({ options, words: [name = ''] }) {
    const dropped = await call(options, 'DELETE', `/worlds/${encodeURIComponent(name)}`);
    return { data: dropped, text: `dropped ${name}\n` };
  },
});

export const command = defineGroup(
  {
    list: { does: 'list the worlds', examples: ['worlds', 'worlds list --json'], command: list },
    make: {
      does: 'make a world, with a seed of its own if one is given, and print its base URL',
      examples: ['worlds make checkout-7', 'worlds make checkout-7 --seed seed.yaml'],
      command: make,
    },
    drop: { does: 'end a world and forget everything in it', examples: ['worlds drop checkout-7'], command: drop },
  },
  'list',
);
