import type { Environment } from '../surroundings.ts';

/** The flags that give a latchkey any free port unless a variable, or a flag after these, says otherwise: of two the later one wins. */
export function freePort({ LATCHKEY_PORT: given }: Environment): readonly string[] {
  return given ? [] : ['--port=0'];
}
