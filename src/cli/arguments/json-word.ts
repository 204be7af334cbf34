import { CommandError } from '../command.ts';

/** A JSON object that was given as a word. Throws CommandError, with an example of what is expected. */
export function objectOf(json: string, what: string, example: string): Readonly<Record<string, unknown>> {
  const content = parsed(json);
  if (typeof content === 'object' && content !== null && !Array.isArray(content)) return { ...content };
  const came = json === '' ? 'nothing' : JSON.stringify(json);
  throw new CommandError(`expected ${what} as a JSON object, such as '${example}', not ${came}`);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
