import { constants } from 'node:os';

/** The signals that end a command which runs another one, and that one too. */
export const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/** The exit status of a command that a signal ended: as in shells, 128 plus the number of the signal. */
export function statusAfter(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}
