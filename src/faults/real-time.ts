import { parseDurationMs } from '../formats/duration.ts';

/** No client waits longer. */
const longestMs = 300_000;

/** Why a text is not a valid duration to hold up a request; undefined if it is. `name` is the property that has the text. */
export function waitProblem(name: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const ms = parseDurationMs(text);
  const isFine = ms !== undefined && ms >= 0 && ms <= longestMs;
  return isFine ? undefined : `${name} must be a duration of at most 5m, not ${JSON.stringify(text)}`;
}
