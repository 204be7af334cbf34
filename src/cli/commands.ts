import type { Command } from './command.ts';

/** The headings of the help, in its order. */
export const commandGroups = ['Run it', 'Keys', 'Time and state', 'Why something was answered'] as const;

/** A command as the help shows it, and how it is loaded. */
export interface CommandEntry {
  readonly name: string;
  readonly group: (typeof commandGroups)[number];
  /** How it is called, if its flags are the settings of a server and more follows them. */
  readonly call?: string;
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
    group: 'Run it',
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
    group: 'Run it',
    call: 'exec [flags] -- command',
    does: "start latchkey, run the command after -- with the clients' variables in its environment, and stop",
    examples: ['exec -- npm test', 'exec --clock 2030-01-01T00:00:00Z -- npm test'],
    serves: true,
    load: () => import('./exec.ts'),
  },
  {
    name: 'prove',
    group: 'Run it',
    call: 'prove [flags] [options] -- command',
    does: 'run the tests after -- once for each way in which a provider could fail to refuse, and say which they would not notice',
    examples: ['prove -- npm test', 'prove --fail-on untested --report reports -- npm test', 'prove --list --json'],
    serves: true,
    load: () => import('./prove.ts'),
  },
  {
    name: 'ui',
    group: 'Run it',
    does: 'print the address of the dashboard, or open it',
    examples: ['ui', 'ui --open', 'ui --world checkout-7'],
    load: () => import('./ui.ts'),
  },
  {
    name: 'wait',
    group: 'Run it',
    does: 'wait until latchkey is healthy and ready',
    examples: ['wait', 'wait --url http://latchkey:5282 --timeout 10s'],
    load: () => import('./wait.ts'),
  },
  {
    name: 'health',
    group: 'Run it',
    does: 'ask once whether latchkey is healthy, and say why it is not',
    examples: ['health', 'health --port 5300'],
    load: () => import('./health.ts'),
  },
  {
    name: 'keys',
    group: 'Keys',
    does: 'list the stored keys and the time that they have left; issue, suspend, resume, revoke or expire one',
    examples: [
      'keys',
      'keys --provider rockset --state active',
      'keys issue --provider rockset --owner member@me.com --expires-in 1h',
      'keys revoke "$KEY_ID"',
    ],
    load: () => import('./keys.ts'),
  },
  {
    name: 'introspect',
    group: 'Keys',
    does: 'say whether a secret would be accepted now, and why not',
    examples: ['introspect "$ROCKSET_APIKEY"', 'introspect "$ROCKSET_APIKEY" --provider rockset --json'],
    load: () => import('./introspect.ts'),
  },
  {
    name: 'clock',
    group: 'Time and state',
    does: 'show the clock, or move it: advance, set, freeze, resume, edge',
    examples: [
      'clock',
      'clock advance 720h',
      'clock advance -1h',
      'clock freeze --world checkout-7',
      'clock edge "$KEY_ID" -1ms',
    ],
    load: () => import('./clock.ts'),
  },
  {
    name: 'agenda',
    group: 'Time and state',
    does: 'list what the clock will bring about: expiries, and changes that a provider sees late',
    examples: ['agenda', 'agenda --world checkout-7 --json'],
    load: () => import('./agenda.ts'),
  },
  {
    name: 'worlds',
    group: 'Time and state',
    does: 'list the worlds; make or drop one',
    examples: ['worlds', 'worlds make checkout-7 --seed seed.yaml', 'worlds drop checkout-7'],
    load: () => import('./worlds.ts'),
  },
  {
    name: 'requests',
    group: 'Why something was answered',
    does: 'list the last requests; with an id, explain the answer',
    examples: ['requests', 'requests 17', 'requests --follow --status 401', 'requests --follow --json'],
    load: () => import('./requests.ts'),
  },
  {
    name: 'faults',
    group: 'Time and state',
    does: 'list the faults; add, remove or clear them',
    examples: ['faults', `faults add '{"effect":{"status":429,"retryAfter":2},"times":2}'`, 'faults clear'],
    load: () => import('./faults.ts'),
  },
  {
    name: 'snapshot',
    group: 'Time and state',
    does: 'save all keys to a file, or load them',
    examples: ['snapshot save keys.sqlite', 'snapshot load keys.sqlite'],
    load: () => import('./snapshot.ts'),
  },
  {
    name: 'reset',
    group: 'Time and state',
    does: 'put everything back as it was at the start',
    examples: ['reset', 'reset --to empty'],
    load: () => import('./reset.ts'),
  },
  {
    name: 'credentials',
    group: 'Keys',
    does: "list the seeded credentials, or print them as the variables that the providers' clients read",
    examples: ['credentials', 'credentials --format dotenv > .env', 'eval "$(latchkey credentials --format shell)"'],
    load: () => import('./credentials.ts'),
  },
  {
    name: 'ca',
    group: 'Run it',
    does: 'print the certificate that clients of https must trust, or write it to a file',
    examples: ['ca ca.pem && NODE_EXTRA_CA_CERTS=ca.pem npm test', 'ca --tls-ca authority.pem > ca.pem'],
    load: () => import('./ca.ts'),
  },
  {
    name: 'doctor',
    group: 'Why something was answered',
    does: 'find out why a client cannot reach latchkey',
    examples: ['doctor --url "$ROCKSET_APISERVER"', 'doctor --url https://localhost:5283'],
    load: () => import('./doctor.ts'),
  },
  {
    name: 'seed',
    group: 'Time and state',
    does: 'list every problem of a seed file; load one, or have latchkey read its own again',
    examples: ['seed validate seed.yaml', 'seed load', 'seed load seed.yaml --world checkout-7'],
    load: () => import('./seed.ts'),
  },
];
