import { Command } from 'commander';
import { addClock, addFaults, addReset, addSnapshot } from './changing.ts';
import { type CommandSurroundings, commandAdder } from './command.ts';
import { addCa, addDoctor, addWait } from './reaching.ts';
import { addCredentials, addKeys, addRequests } from './showing.ts';

/** The commands that drive a running latchkey, by name. */
export const drivingCommands: ReadonlySet<string> = new Set([
  'wait',
  'keys',
  'clock',
  'reset',
  'snapshot',
  'requests',
  'faults',
  'credentials',
  'ca',
  'doctor',
]);

/**
 * Runs a command that drives a running latchkey. Throws LatchkeyError for what it refuses, and CommanderError for arguments
 * that cannot be used, whose message is printed already.
 */
export async function drive(args: readonly string[], surroundings: CommandSurroundings): Promise<void> {
  const program = new Command('latchkey').exitOverride();
  const command = commandAdder(program, surroundings);
  addWait(program, surroundings);
  for (const add of [addKeys, addClock, addReset, addSnapshot, addRequests, addFaults, addCredentials]) add(command);
  addCa(program, surroundings);
  addDoctor(program, surroundings);
  await program.parseAsync([...args], { from: 'user' });
}
