import { writeFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { parseDurationMs } from '../formats/duration.ts';
import { addReach, type CommandSurroundings, type Common, examples, open, UsageError } from './command.ts';
import { diagnose } from './doctor.ts';
import { waitUntilHealthy } from './wait.ts';

export function addWait(program: Command, { env, write, fail }: CommandSurroundings): void {
  addReach(program.command('wait').exitOverride(), env)
    .description('wait until it is healthy; exit status 1 when it is not by then')
    .option('--timeout <duration>', 'how long', duration, 30_000)
    .addHelpText('after', examples('wait', 'wait --url http://latchkey:5282 --timeout 10s'))
    .action(async ({ url, timeout, json }: Common & { readonly timeout: number }) => {
      const problem = await waitUntilHealthy(url, timeout);
      if (json) write(`${JSON.stringify({ url, healthy: problem === undefined, problem: problem ?? null })}\n`);
      else if (problem !== undefined) throw new UsageError(`${url} is not healthy: ${problem}`);
      if (problem !== undefined) fail();
    });
}

function duration(text: string): number {
  const ms = parseDurationMs(text);
  if (ms === undefined || ms < 0) throw new InvalidArgumentError('a duration such as 30s');
  return ms;
}

interface CaOptions extends Common {
  readonly out?: string;
  readonly tlsCa?: string;
}

export function addCa(program: Command, { env, write }: CommandSurroundings): void {
  addReach(program.command('ca').exitOverride(), env)
    .description('the certificate that clients of https have to trust, printed or written to FILE')
    .argument('[file]')
    .option('--out <file>', 'the same as FILE')
    .option(
      '--tls-ca <file>',
      'of the authority in this file, made where there is none: no latchkey needs to run (LATCHKEY_TLS_CA)',
      env['LATCHKEY_TLS_CA'] || undefined,
    )
    .addHelpText('after', examples('ca ca.pem && NODE_EXTRA_CA_CERTS=ca.pem npm test', 'ca --tls-ca authority.pem > ca.pem'))
    .action(async (given: string | undefined, options: CaOptions) => {
      const ca = await certificateOf(options);
      const file = given ?? options.out;
      if (file !== undefined) await writeFile(file, ca);
      const told = file === undefined ? { ca } : { file };
      const text = file === undefined ? ca : `written to ${file}\n`;
      write(options.json ? `${JSON.stringify(told)}\n` : text);
    });
}

/** Of an authority in a file, or of the one behind a running latchkey. */
async function certificateOf(options: CaOptions): Promise<string> {
  if (options.tlsCa !== undefined) {
    const { authorityOf } = await import('../server/tls/authority-file.ts');
    return (await authorityOf(options.tlsCa)).certificate;
  }
  const { ca } = await (await open(options)).tls();
  if (ca === null) throw new UsageError('it was given its certificate: trust what issued that');
  return ca;
}

export function addDoctor(program: Command, { env, paint, write, fail }: CommandSurroundings): void {
  addReach(program.command('doctor').exitOverride(), env)
    .description('find out why a client cannot reach it')
    .addHelpText('after', examples('doctor --url "$ROCKSET_APISERVER"', 'doctor --url https://localhost:5283'))
    .action(async ({ url, adminToken, json }: Common) => {
      const findings = await diagnose(url, adminToken);
      const lines = findings.map(({ isWell, what }) => `${isWell ? paint('green', 'ok  ') : paint('red', 'BAD ')} ${what}`);
      write(json ? `${JSON.stringify(findings)}\n` : `${lines.join('\n')}\n`);
      if (findings.some(({ isWell }) => !isWell)) fail();
    });
}
