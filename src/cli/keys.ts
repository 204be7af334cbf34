import { keyKinds } from '../core/api-key.ts';
import { effectiveStates } from '../core/key-state.ts';
import { keyListings } from '../core/key-store.ts';
import { type Action, defineCommand, defineGroup } from './command.ts';
import { issue, successor } from './keys-issue.ts';
import { colourOfState, timeLeft } from './printed/key-cells.ts';
import { table } from './printed/table.ts';
import { drivingOptions, open } from './reaching/driving.ts';

const list = defineCommand({
  options: {
    ...drivingOptions,
    provider: { type: 'string', description: 'only keys of this provider' },
    state: {
      type: 'string',
      enum: effectiveStates,
      description: 'only keys in this state',
    },
    tenant: { type: 'string', description: 'only keys of this tenant' },
    owner: { type: 'string', description: 'only keys of this owner: a name, an e-mail address or an id' },
    kind: { type: 'string', enum: keyKinds, description: 'only API keys, or only sessions of log-ins' },
    search: { type: 'string', description: 'only keys with this in their name, owner, hint or id' },
    order: { type: 'string', enum: keyListings, description: 'by issue, by expiry, or the last used first' },
  },
  async run({ options, surroundings }) {
    const { provider, state, tenant, owner, kind, search: q, order } = options;
    const lk = await open(options);
    const given = Object.entries({ provider, state, tenant, owner, kind, q, order }).filter(([, value]) => value);
    const keys = await lk.keys.list(Object.fromEntries(given));
    const { now } = await lk.clock.read();
    const rows = keys.map((key) => [
      key.provider,
      key.hint,
      key.name ?? '-',
      key.owner,
      { text: key.state, colour: colourOfState[key.state] },
      timeLeft(key, now),
      key.id,
    ]);
    return { data: keys, text: table(['PROVIDER', 'HINT', 'NAME', 'OWNER', 'STATE', 'LEFT', 'ID'], rows, surroundings) };
  },
});

const transitions = ['suspend', 'resume', 'revoke', 'expire'] as const;

const does: Readonly<Record<(typeof transitions)[number], string>> = {
  suspend: 'suspend a key: it is refused until it is resumed',
  resume: 'let a suspended key be accepted again',
  revoke: 'revoke a key for good',
  expire: 'let a key expire now',
};

/** A transition is forced: the provider's own API need not offer it. */
function transition(name: (typeof transitions)[number]): Action {
  const forced = defineCommand({
    words: ['<key-id>'],
    options: drivingOptions,
    async run({ options, words: [id = ''] }) {
      const lk = await open(options);
      const key = await lk.keys[name](id);
      return { data: key, text: `${key.id} is ${key.state}\n` };
    },
  });
  return { does: does[name], examples: [`keys ${name} "$KEY_ID"`, `keys ${name} "$KEY_ID" --world checkout-7`], command: forced };
}

export const command = defineGroup(
  {
    list: {
      does: 'list the stored keys and the time that they have left',
      examples: [
        'keys',
        'keys --provider rockset --state active',
        'keys --order expiry --search nightly',
        'keys list --world checkout-7 --json',
      ],
      command: list,
    },
    issue,
    successor,
    ...Object.fromEntries(transitions.map((name) => [name, transition(name)])),
  },
  'list',
);
