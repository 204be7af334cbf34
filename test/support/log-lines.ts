import { Writable } from 'node:stream';
import pino, { type Level, type Logger } from 'pino';

/** A log whose lines are kept. */
export interface KeptLog {
  readonly logger: Logger;
  /** Every line so far, as it was written. */
  readonly lines: string[];
}

export function keptLog(level: Level): KeptLog {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return { logger: pino({ level }, sink), lines };
}
