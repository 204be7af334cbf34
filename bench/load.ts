import { execFile, spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pinned } from './process.ts';

const run = promisify(execFile);
const hasWrk = spawnSync('wrk', ['--version']).error === undefined;

/** A request that is sent again and again, over some connections. */
export interface Load {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  /** Each as one line: `name: value`. */
  readonly headers: readonly string[];
  /** `[<id>]` in it stands for a word that is another one in every request. */
  readonly body?: string;
}

/** How many requests were answered in a time. */
export interface Answered {
  readonly requests: number;
  readonly seconds: number;
  /** How long half of them took at most; NaN without wrk, because autocannon counts whole milliseconds. */
  readonly p50Ms: number;
}

let scripts = 0;

/** Sends a load for some seconds. */
export async function sendLoad(load: Load, seconds: number, connections = 32): Promise<Answered> {
  return hasWrk ? byWrk(load, seconds, connections) : byAutocannon(load, seconds, connections);
}

async function byWrk({ url, method, headers, body = '' }: Load, seconds: number, connections: number): Promise<Answered> {
  scripts += 1;
  const script = join(tmpdir(), `latchkey-bench-${process.pid}-${scripts}.lua`);
  // The time is text before the number: a load of a moment later would otherwise have some of the same words.
  const word = `"${Date.now().toString(36)}-" .. n`;
  const unique = `local n = 0\nrequest = function()\n n = n + 1\n return wrk.format(nil, nil, nil, (string.gsub([==[${body}]==], "%[<id>%]", ${word})))\nend\n`;
  writeFileSync(script, `wrk.method = "${method}"\n${body === '' ? '' : unique}`);
  const lines = headers.flatMap((line) => ['-H', line]);
  const [program, args] = pinned(1, [
    'wrk',
    '-t1',
    `-c${connections}`,
    `-d${seconds}s`,
    '--latency',
    '-s',
    script,
    ...lines,
    url,
  ]);
  const { stdout } = await run(program, args);
  rmSync(script);
  const [, requests, duration] = /(\d+) requests in ([\d.]+)s/.exec(stdout) ?? [];
  return { requests: Number(requests), seconds: Number(duration), p50Ms: p50MsOf(stdout) };
}

/** wrk says it in the unit that fits. */
function p50MsOf(said: string): number {
  const [, value, unit = ''] = /50%\s+([\d.]+)(us|ms|s)/.exec(said) ?? [];
  const msOf: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000 };
  return Number(value) * (msOf[unit] ?? Number.NaN);
}

/** For machines without wrk. autocannon is slower itself, so slow servers look better than they are by requests per second. */
async function byAutocannon({ url, method, headers, body = '' }: Load, seconds: number, connections: number): Promise<Answered> {
  const command = createRequire(import.meta.url).resolve('autocannon/autocannon.js');
  const lines = headers.flatMap((line) => ['-H', line]);
  const sent = body === '' ? [] : ['-b', body, ...(body.includes('[<id>]') ? ['-I'] : [])];
  const options = ['-j', '-c', String(connections), '-d', String(seconds), '-m', method, ...lines, ...sent];
  const [program, args] = pinned(1, [process.execPath, command, ...options, url]);
  const { stdout } = await run(program, args, { maxBuffer: 1 << 24 });
  const { requests, duration }: { requests: { total: number }; duration: number } = JSON.parse(stdout);
  return { requests: requests.total, seconds: duration, p50Ms: Number.NaN };
}
