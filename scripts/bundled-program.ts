/** What the bundle of the program gives: what the command runs, and what the library starts. */
export { serve } from '../src/commands/serve.ts';
export { main } from '../src/main.ts';
