import type { ClockReading, Latchkey } from '../client/types.ts';
import { chosen, defineCommand } from './command.ts';
import { drivingOptions, open } from './driving.ts';

type Move = (lk: Latchkey, value: string) => Promise<ClockReading>;

const moves: Readonly<Record<string, Move>> = {
  read: (lk) => lk.clock.read(),
  advance: (lk, duration) => lk.clock.advance(duration),
  set: (lk, instant) => lk.clock.set(instant),
  freeze: (lk) => lk.clock.freeze(),
  resume: (lk) => lk.clock.resume(),
};

export const command = defineCommand({
  words: ['[action]', '[value]'],
  options: drivingOptions,
  async run({ options, words: [action = 'read', value = ''], surroundings: { env } }) {
    const move = chosen(moves, action);
    const reading = await move(await open(options, env), value);
    return { data: reading, text: `${reading.now}${reading.frozen ? ' (frozen)' : ''}\n` };
  },
});
