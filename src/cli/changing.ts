import { readFile, writeFile } from 'node:fs/promises';
import { Option } from 'commander';
import type { ClockReading, Latchkey } from '../client/types.ts';
import { type AddCommand, examples, shownAs, UsageError } from './command.ts';
import { table } from './table.ts';

export function addClock(command: AddCommand): void {
  command(
    'clock',
    'show the clock, or advance BY, set INSTANT, freeze, resume',
    async (lk, _options, [action = 'read', value = '']) => {
      const reading = await moveClock(lk, action, value);
      return { data: reading, text: `${reading.now}${reading.frozen ? ' (frozen)' : ''}\n` };
    },
  )
    .argument('[action]')
    .argument('[value]')
    .addHelpText(
      'after',
      examples('clock', 'clock advance 720h', 'clock set 2030-01-01T00:00:00Z', 'clock freeze --world checkout-7'),
    );
}

function moveClock(lk: Latchkey, action: string, value: string): Promise<ClockReading> {
  const moves: Readonly<Record<string, () => Promise<ClockReading>>> = {
    read: () => lk.clock.read(),
    advance: () => lk.clock.advance(value),
    set: () => lk.clock.set(value),
    freeze: () => lk.clock.freeze(),
    resume: () => lk.clock.resume(),
  };
  const move = Object.hasOwn(moves, action) ? moves[action] : undefined;
  if (move === undefined) throw new UsageError('say advance, set, freeze or resume');
  return move();
}

export function addReset(command: AddCommand): void {
  command<{ to: 'seed' | 'empty' }>('reset', 'everything as at the start', async (lk, { to }) => {
    await lk.reset(to);
    return { data: { to }, text: `reset to ${to}\n` };
  })
    .addOption(new Option('--to <what>').choices(['seed', 'empty']).default('seed'))
    .addHelpText('after', examples('reset', 'reset --to empty'));
}

export function addSnapshot(command: AddCommand): void {
  command('snapshot', 'save FILE, or load FILE', async (lk, _options, [action = '', file = '']) => {
    if (action === 'save') await writeFile(file, await lk.snapshot());
    else if (action === 'load') await lk.restore(await readFile(file));
    else throw new UsageError('say save or load');
    return { data: { [action]: file }, text: `${action === 'save' ? 'saved to' : 'loaded from'} ${file}\n` };
  })
    .argument('<action>')
    .argument('<file>')
    .addHelpText('after', examples('snapshot save keys.sqlite', 'snapshot load keys.sqlite'));
}

export function addFaults(command: AddCommand): void {
  command('faults', 'list them, add JSON, remove ID, clear', async (lk, _options, [action = 'list', value = '']) => {
    if (action === 'add') return shownAs(await lk.faults.add(JSON.parse(value)));
    if (action === 'remove') await lk.faults.remove(value);
    else if (action === 'clear') await lk.faults.clear();
    else if (action !== 'list') throw new UsageError('say list, add, remove or clear');
    const faults = await lk.faults.list();
    const rows = faults.map(({ id, effect, hits, times }) => [id, JSON.stringify(effect), `${hits} of ${times ?? 'all'}`]);
    return { data: faults, text: table(['ID', 'EFFECT', 'HITS'], rows) };
  })
    .argument('[action]')
    .argument('[value]')
    .addHelpText('after', examples('faults', `faults add '{"effect":{"status":429,"retryAfter":2},"times":2}'`, 'faults clear'));
}
