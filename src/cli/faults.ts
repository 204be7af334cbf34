import type { Fault, FaultDraft } from '../client/types.ts';
import { objectOf } from './arguments/json-word.ts';
import { CommandError, defineCommand, defineGroup, type Output } from './command.ts';
import { type Screen, table } from './printed/table.ts';
import { drivingOptions, open } from './reaching/driving.ts';

const example = '{"effect":{"status":429}}';

const list = defineCommand({
  options: drivingOptions,
  async run({ options, surroundings }) {
    const lk = await open(options);
    return shown(await lk.faults.list(), surroundings);
  },
});

const add = defineCommand({
  words: ['[json]'],
  options: drivingOptions,
  async run({ options, words: [json = ''] }) {
    const draft = objectOf(json, 'a fault', example);
    if (!isDraft(draft)) throw new CommandError(`a fault needs an effect, such as '${example}'`);
    const lk = await open(options);
    const fault = await lk.faults.add(draft);
    return { data: fault, text: `${JSON.stringify(fault)}\n` };
  },
});

/** Latchkey itself checks the rest. */
function isDraft(draft: Readonly<Record<string, unknown>>): draft is Readonly<Record<string, unknown>> & FaultDraft {
  const { effect } = draft;
  return typeof effect === 'object' && effect !== null;
}

const remove = defineCommand({
  words: ['<id>'],
  options: drivingOptions,
  async run({ options, words: [id = ''], surroundings }) {
    const lk = await open(options);
    await lk.faults.remove(id);
    return shown(await lk.faults.list(), surroundings);
  },
});

const clear = defineCommand({
  options: drivingOptions,
  async run({ options, surroundings }) {
    const lk = await open(options);
    await lk.faults.clear();
    return shown(await lk.faults.list(), surroundings);
  },
});

function shown(faults: readonly Fault[], screen: Screen): Output {
  const rows = faults.map(({ id, match, effect, skip, hits, times }) => [
    id,
    partsOf(match) || 'every request',
    JSON.stringify(effect),
    `${hits} of ${times ?? 'all'}${skip > 0 ? `, after ${skip}` : ''}`,
  ]);
  return { data: faults, text: table(['ID', 'MATCH', 'EFFECT', 'HITS'], rows, screen) };
}

function partsOf(match: Fault['match']): string {
  return Object.entries(match)
    .map(([part, value]) => `${part}=${value}`)
    .join(' ');
}

export const command = defineGroup(
  {
    list: { does: 'list the faults', examples: ['faults', 'faults list --json'], command: list },
    add: {
      does: 'add a fault: which requests it matches, and what it does',
      examples: [
        `faults add '${example}'`,
        `faults add '{"match":{"method":"POST"},"effect":{"status":429,"retryAfter":2},"times":2}'`,
      ],
      command: add,
    },
    remove: { does: 'remove a fault', examples: ['faults remove f1'], command: remove },
    clear: { does: 'remove all faults', examples: ['faults clear'], command: clear },
  },
  'list',
);
