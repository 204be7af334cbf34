import type { ClockReading, Latchkey } from '../client/types.ts';
import { type Action, defineCommand, defineGroup } from './command.ts';
import { drivingOptions, open } from './reaching/driving.ts';

interface Move {
  readonly does: string;
  readonly words?: readonly string[];
  readonly examples: readonly string[];
  move(lk: Latchkey, words: readonly string[]): Promise<ClockReading>;
}

const moves = {
  read: { does: 'show the clock', examples: ['clock', 'clock read --json'], move: (lk) => lk.clock.read() },
  advance: {
    does: 'move the clock by a duration, which may be negative',
    words: ['<duration>'],
    examples: ['clock advance 720h', 'clock advance P30D', 'clock advance -1h'],
    move: (lk, [duration = '']) => lk.clock.advance(duration),
  },
  set: {
    does: 'set the clock to an instant, RFC 3339',
    words: ['<instant>'],
    examples: ['clock set 2030-01-01T00:00:00Z'],
    move: (lk, [instant = '']) => lk.clock.set(instant),
  },
  freeze: { does: 'stop the clock', examples: ['clock freeze'], move: (lk) => lk.clock.freeze() },
  resume: { does: 'let the clock run again', examples: ['clock resume'], move: (lk) => lk.clock.resume() },
  edge: {
    does: "freeze the clock exactly at a key's expiry, or at an offset from it",
    words: ['<key-id>', '[offset]'],
    examples: ['clock edge "$KEY_ID"', 'clock edge "$KEY_ID" -1ms'],
    move: (lk, [key = '', offset]) => lk.clock.edge(key, offset),
  },
} as const satisfies Readonly<Record<string, Move>>;

export const command = defineGroup(
  Object.fromEntries(Object.entries<Move>(moves).map(([name, move]) => [name, actionOf(move)])),
  'read',
);

function actionOf({ does, words = [], examples, move }: Move): Action {
  const moving = defineCommand({
    words,
    options: drivingOptions,
    async run({ options, words: given }) {
      const reading = await move(await open(options), given);
      return { data: reading, text: `${reading.now}${reading.frozen ? ' (frozen)' : ''}\n` };
    },
  });
  return { does, examples, command: moving };
}
