import type { Credential, IssuedKey, Key } from '../client/types.ts';
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
    return { data: issued, text: textOf(issued) };
  },
});

function textOf({ key, secret, credential: { header } }: Pick<IssuedKey, 'secret'> & Printed): string {
  const shown = header === null ? [] : [`header  ${header.name}: ${header.value}`];
  return `${[`id      ${key.id}`, `state   ${key.state}`, `secret  ${secret}`, ...shown].join('\n')}\n`;
}

/** What is printed of an issued key besides its secret. */
interface Printed {
  readonly key: Pick<Key, 'id' | 'state'>;
  readonly credential: Pick<Credential, 'header'>;
}

const succeeding = defineCommand({
  words: ['<key-id>'],
  options: {
    ...drivingOptions,
    name: { type: 'string', description: 'its name (default: that of the key, or the next free one)' },
    'expires-in': { type: 'string', description: 'how long it is valid (default: as long as the key)' },
  },
  async run({ options, words: [id = ''] }) {
    const { name, 'expires-in': expiresIn } = options;
    const lk = await open(options);
    const issued = await lk.keys.successor(id, {
      ...(name !== undefined && { name }),
      ...(expiresIn !== undefined && { expiresIn }),
    });
    return { data: issued, text: textOf(issued) };
  },
});

/** `keys successor`. */
export const successor: Action = {
  does: "issue a key like another: same owner, tenant and grants, within the provider's own limits",
  examples: ['keys successor "$KEY_ID"', 'keys successor "$KEY_ID" --name ci-next --expires-in 720h'],
  command: succeeding,
};

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
