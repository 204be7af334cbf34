/** The entry of the bundle of the program: what the command runs and what the library starts. */

export { main } from '../src/cli/main.ts';
export { readYamlFile } from '../src/config/yaml-file.ts';
export { serve } from '../src/server/serve.ts';
