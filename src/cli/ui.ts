import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { platform } from 'node:process';
import { CommandError, defineCommand, type Environment } from './command.ts';
import { drivingOptions } from './reaching/driving.ts';
import { problemAt } from './reaching/healthy.ts';
import { urlOf } from './reaching/place.ts';

export const command = defineCommand({
  options: { ...drivingOptions, open: { type: 'boolean', description: 'open it in the browser' } },
  async run({ options, surroundings: { env } }) {
    const base = urlOf(options);
    const problem = await problemAt(base);
    if (problem !== undefined) throw new CommandError(`there is no dashboard at ${base}: ${problem}`);
    const { 'admin-token': token, world } = options;
    const place = world === undefined ? base : `${base}/~${world}`;
    // What follows # is never sent to a server: the page takes the token from there, and removes it.
    const url = `${place}/_latchkey/${token === undefined ? '' : `#token=${encodeURIComponent(token)}`}`;
    if (options.open) await openPage(url, env);
    return { data: { url }, text: `${url}\n` };
  },
});

/** Hands an address to the browser: to the program that `BROWSER` names, else to whatever the system opens addresses with. */
async function openPage(url: string, env: Environment): Promise<void> {
  const [program = '', ...args] = openerOf(env);
  const child = spawn(program, [...args, url], { stdio: 'ignore', detached: true });
  const failed = once(child, 'error').then(() => true);
  const isFailed = await Promise.race([failed, once(child, 'spawn').then(() => false)]);
  if (isFailed) throw new CommandError(`no browser could be started with ${program}: open ${url} yourself`);
  child.unref();
}

function openerOf({ BROWSER: browser }: Environment): readonly string[] {
  if (browser !== undefined && browser !== '') return [browser];
  if (platform === 'darwin') return ['open'];
  return platform === 'win32' ? ['rundll32', 'url.dll,FileProtocolHandler'] : ['xdg-open'];
}
