import type { Command } from './command.ts';

/** A command as the help shows it, and how it is loaded. */
export interface CommandEntry {
  readonly name: string;
  /** What it does, in one line. */
  readonly does: string;
  /** Without the program's name. */
  readonly examples: readonly string[];
  /** It runs a latchkey of its own, which keeps running when its output is no longer read. */
  readonly serves?: true;
  load(): Promise<{ readonly command: Command }>;
}

/** Every command. They are loaded one by one: a server needs none of the others. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'serve',
    does: 'start latchkey; the default if no command is given',
    examples: [
      '--port 0 --clock 2030-01-01T00:00:00Z',
      '--tls self-signed & latchkey wait && latchkey ca ca.pem',
      '--providers rockset --rockset-profile 2023 --db keys.sqlite',
    ],
    serves: true,
    load: () => import('./serve.ts'),
  },
  {
    name: 'exec',
    does: "start latchkey, run the command after -- with the clients' variables in its environment, and stop",
    examples: ['exec -- npm test', 'exec --clock 2030-01-01T00:00:00Z -- npm test'],
    serves: true,
    load: () => import('./exec.ts'),
  },
  {
    name: 'wait',
    does: 'wait until latchkey is healthy',
    examples: ['wait', 'wait --url http://latchkey:5282 --timeout 10s'],
    load: () => import('./wait.ts'),
  },
  {
    name: 'health',
    does: 'ask the latchkey on this machine once whether it is healthy',
    examples: ['health', 'health --port 5300'],
    load: () => import('./health.ts'),
  },
  {
    name: 'keys',
    does: 'list the stored keys and the time that they have left',
    examples: ['keys', 'keys --provider rockset --state active', 'keys --world checkout-7 --json'],
    load: () => import('./keys.ts'),
  },
  {
    name: 'clock',
    does: 'show the clock, or move it: advance <duration>, set <instant>, freeze, resume',
    examples: ['clock', 'clock advance 720h', 'clock set 2030-01-01T00:00:00Z', 'clock freeze --world checkout-7'],
    load: () => import('./clock.ts'),
  },
  {
    name: 'requests',
    does: 'list the last requests; with an id, explain the answer',
    examples: ['requests', 'requests 17', 'requests --follow --status 401', 'requests --follow --json'],
    load: () => import('./requests.ts'),
  },
  {
    name: 'faults',
    does: 'list the faults, or change them: add <json>, remove <id>, clear',
    examples: ['faults', `faults add '{"effect":{"status":429,"retryAfter":2},"times":2}'`, 'faults clear'],
    load: () => import('./faults.ts'),
  },
  {
    name: 'snapshot',
    does: 'save all keys to a file, or load them: save <file>, load <file>',
    examples: ['snapshot save keys.sqlite', 'snapshot load keys.sqlite'],
    load: () => import('./snapshot.ts'),
  },
  {
    name: 'reset',
    does: 'put everything back as it was at the start',
    examples: ['reset', 'reset --to empty'],
    load: () => import('./reset.ts'),
  },
  {
    name: 'credentials',
    does: 'list the seeded credentials',
    examples: ['credentials', 'credentials --env > latchkey.env', 'credentials --env --json'],
    load: () => import('./credentials.ts'),
  },
  {
    name: 'ca',
    does: 'print the certificate that clients of https must trust, or write it to a file',
    examples: ['ca ca.pem && NODE_EXTRA_CA_CERTS=ca.pem npm test', 'ca --tls-ca authority.pem > ca.pem'],
    load: () => import('./ca.ts'),
  },
  {
    name: 'doctor',
    does: 'find out why a client cannot reach latchkey',
    examples: ['doctor --url "$ROCKSET_APISERVER"', 'doctor --url https://localhost:5283'],
    load: () => import('./doctor.ts'),
  },
  {
    name: 'seed',
    does: 'list every problem of a seed file',
    examples: ['seed validate seed.yaml', 'seed validate seed.yaml --json'],
    load: () => import('./seed.ts'),
  },
];
