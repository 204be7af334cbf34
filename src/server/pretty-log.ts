import type { DestinationStream } from 'pino';
import { toIso } from '../clock.ts';
import { explain, type Surroundings } from '../control/explain.ts';
import type { Entry } from '../journal/entry.ts';
import type { World } from '../worlds/world.ts';

/** Colours a text for the terminal that the log goes to. */
export type LogPaint = (colour: 'gray' | 'yellow' | 'red', text: string) => string;

const levels: Readonly<Record<number, readonly [name: string, colour: Parameters<LogPaint>[0]]>> = {
  10: ['trace', 'gray'],
  20: ['debug', 'gray'],
  40: ['warn ', 'yellow'],
  50: ['error', 'red'],
  60: ['fatal', 'red'],
};

/** A log line as pino writes it. */
interface LogLine {
  readonly level: number;
  readonly time: number;
  readonly msg?: string;
  readonly err?: { readonly message?: string; readonly stack?: string };
}

/** Writes log lines as text for a person: the time (UTC), the level unless it is info, the message, the stack of an error. */
export function prettyLog(output: DestinationStream, paint: LogPaint = (_colour, text) => text): DestinationStream {
  return {
    write(text) {
      const { level, time, msg = '', err }: LogLine = JSON.parse(text);
      const [name, colour] = levels[level] ?? [];
      const shown = name === undefined || colour === undefined ? [] : [paint(colour, name)];
      const stack = err === undefined ? '' : `\n${err.stack ?? err.message ?? ''}`;
      output.write(`${[paint('gray', toIso(time).slice(11, 19)), ...shown, msg].join(' ')}${stack}\n`);
    },
  };
}

/** Prints a line for each request, in the order of their answers, with its verdict. */
export function requestPrinter(print: (line: string) => void, surroundings: () => Surroundings | undefined) {
  let last = Promise.resolve();
  return (world: World, entry: Entry): void => {
    last = last.then(async () => print(await requestLine(entry, world, surroundings())));
  };
}

async function requestLine(entry: Entry, world: World, surroundings: Surroundings | undefined): Promise<string> {
  const { method, provider, operation, status, texts } = entry;
  const place = world.name === 'default' ? '' : ` ~${world.name}`;
  const what = operation === null ? `${provider ?? '-'}` : `${provider} ${operation}`;
  const start = `${status === 0 ? '---' : status} ${method} ${printable(texts.head().path)}${place}  ${what}`;
  // The database of a world that was dropped meanwhile is closed.
  const explained = surroundings && (await explain(entry, world, surroundings).catch(() => undefined));
  if (explained === undefined) return start;
  const { verdict, sentence } = explained;
  return verdict === 'answered' ? `${start}  answered` : `${start}  ${verdict}: ${printable(sentence)}`;
}

/** A terminal obeys control characters. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '?');
}
