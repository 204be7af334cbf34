import { writeFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { parseDurationMs } from '../formats/duration.ts';
import { type AddCommand, addCommon, type CommandSurroundings, type Common, examples, UsageError } from './command.ts';
import { diagnose } from './doctor.ts';
import { waitUntilHealthy } from './wait.ts';

export function addWait(program: Command, { env, write, fail }: CommandSurroundings): void {
  addCommon(program.command('wait').exitOverride(), env)
    .description('wait until it is healthy; exit status 1 when it is not by then')
    .option('--timeout <duration>', 'how long', duration, 30_000)
    .addHelpText('after', examples('wait', 'wait --url http://latchkey:5282 --timeout 10s'))
    .action(async ({ url, timeout, json }: Common & { readonly timeout: number }) => {
      const isHealthy = await waitUntilHealthy(url, timeout);
      if (json) write(`${JSON.stringify({ url, healthy: isHealthy })}\n`);
      if (!isHealthy) fail();
    });
}

function duration(text: string): number {
  const ms = parseDurationMs(text);
  if (ms === undefined || ms < 0) throw new InvalidArgumentError('a duration such as 30s');
  return ms;
}

export function addCa(command: AddCommand): void {
  command<{ out?: string }>(
    'ca',
    'the certificate that clients of https have to trust, printed or written to FILE',
    async (lk, { out }, [file = out]) => {
      const { url, ca } = await lk.tls();
      if (ca === null) throw new UsageError('it was given its certificate: trust what issued that');
      if (file === undefined) return { data: { url, ca }, text: ca };
      await writeFile(file, ca);
      return { data: { url, file }, text: `written to ${file}; https is at ${url}\n` };
    },
  )
    .argument('[file]')
    .option('--out <file>', 'the same as FILE')
    .addHelpText('after', examples('ca ca.pem && NODE_EXTRA_CA_CERTS=ca.pem npm test', 'ca > ca.pem'));
}

export function addDoctor(program: Command, { env, paint, write, fail }: CommandSurroundings): void {
  addCommon(program.command('doctor').exitOverride(), env)
    .description('find out why a client cannot reach it')
    .addHelpText('after', examples('doctor --url "$ROCKSET_APISERVER"', 'doctor --url https://localhost:5283'))
    .action(async ({ url, adminToken, json }: Common) => {
      const findings = await diagnose(url, adminToken);
      const lines = findings.map(({ isWell, what }) => `${isWell ? paint('green', 'ok  ') : paint('red', 'BAD ')} ${what}`);
      write(json ? `${JSON.stringify(findings)}\n` : `${lines.join('\n')}\n`);
      if (findings.some(({ isWell }) => !isWell)) fail();
    });
}
