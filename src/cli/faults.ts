import type { Fault, FaultDraft, Latchkey } from '../client/types.ts';
import { CommandError, chosen, defineCommand, type Output } from './command.ts';
import { drivingOptions, open } from './driving.ts';
import { table } from './table.ts';

type Action = (lk: Latchkey, value: string) => Promise<Output>;

const actions: Readonly<Record<string, Action>> = {
  list: async (lk) => shown(await lk.faults.list()),
  add: async (lk, value) => {
    const fault = await lk.faults.add(parsed(value));
    return { data: fault, text: `${JSON.stringify(fault)}\n` };
  },
  remove: async (lk, id) => {
    await lk.faults.remove(id);
    return shown(await lk.faults.list());
  },
  clear: async (lk) => {
    await lk.faults.clear();
    return shown(await lk.faults.list());
  },
};

export const command = defineCommand({
  words: ['[action]', '[value]'],
  options: drivingOptions,
  async run({ options, words: [action = 'list', value = ''], surroundings: { env } }) {
    const act = chosen(actions, action);
    return act(await open(options, env), value);
  },
});

function parsed(json: string): FaultDraft {
  try {
    const draft: FaultDraft = JSON.parse(json);
    return draft;
  } catch (error) {
    throw new CommandError(`expected a fault as JSON: ${error instanceof Error ? error.message : error}`);
  }
}

function shown(faults: readonly Fault[]): Output {
  const rows = faults.map(({ id, effect, hits, times }) => [id, JSON.stringify(effect), `${hits} of ${times ?? 'all'}`]);
  return { data: faults, text: table(['ID', 'EFFECT', 'HITS'], rows) };
}
