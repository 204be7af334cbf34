import type { readYamlFile as sourceRead } from '../src/config/yaml-file.ts';
import { loadBundle } from './code-cache.ts';

/** Replaces `src/config/yaml-file.ts` in the bundled command, for a health check in a folder with a config file: uses the parser of the program beside it. */
export const readYamlFile: typeof sourceRead = (...given) => loadBundle(import.meta.dirname).readYamlFile(...given);
