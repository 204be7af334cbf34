import { effectiveStates } from '../core/key-state.ts';
import { objectOf } from './arguments/json-word.ts';
import { type Action, CommandError, defineCommand } from './command.ts';
import { drivingOptions, open } from './reaching/driving.ts';

const issuing = defineCommand({
  words: ['[json]'],
  options: {
    ...drivingOptions,
    provider: { type: 'string', description: 'the provider that the key belongs to; required' },
    owner: { type: 'string', description: 'who the key acts as, by name, email or id' },
    organization: { type: 'string', description: 'the organization of the owner, if the provider has any' },
    name: { type: 'string', description: 'the name of the key' },
    state: { type: 'string', enum: effectiveStates, description: 'the state of the key' },
    'expires-in': { type: 'string', description: 'how long it is valid, such as 90m, 720h or P30D' },
    'expires-at': { type: 'string', description: 'when it expires, RFC 3339' },
    secret: { type: 'string', description: 'its secret (default: a new one)' },
  },
  async run({ options, words: [json] }) {
    const { provider, owner, organization, name, state, secret, 'expires-in': expiresIn, 'expires-at': expiresAt } = options;
    const further = json === undefined ? {} : objectOf(json, 'further fields of the key', '{"role":"member"}');
    const named = { provider, owner, organization, name, state, secret, expiresIn, expiresAt };
    const given = Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
    const fields = { ...further, ...given };
    const of: unknown = Reflect.get(fields, 'provider');
    if (typeof of !== 'string') throw new CommandError('a key needs a provider: --provider rockset');
    const lk = await open(options);
    const issued = await lk.keys.issue({ ...fields, provider: of });
    const { header } = issued.credential;
    const lines = [
      `id      ${issued.key.id}`,
      `state   ${issued.key.state}`,
      `secret  ${issued.secret}`,
      ...(header === null ? [] : [`header  ${header.name}: ${header.value}`]),
    ];
    return { data: issued, text: `${lines.join('\n')}\n` };
  },
});

/** `keys issue`. */
export const issue: Action = {
  does: 'issue a key of any provider in any state; [json] holds further fields, as a key of a seed file has them',
  examples: [
    'keys issue --provider rockset --owner member@me.com --name ci --expires-in 1h',
    `keys issue --provider rockset --owner admin@me.com --name ci '{"role":"read-only"}'`,
    'keys issue --provider estuary --owner bob --state revoked --json',
  ],
  command: issuing,
};
