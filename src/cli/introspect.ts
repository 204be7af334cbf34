import type { Introspection } from '../client/types.ts';
import { defineCommand } from './command.ts';
import { drivingOptions, open } from './reaching/driving.ts';

const reasons: Readonly<Record<NonNullable<Introspection['reason']>, string>> = {
  key_unknown: 'no such key was issued in this world',
  key_expired: 'it has expired',
  key_suspended: 'it is suspended',
  key_revoked: 'it is revoked',
};

export const command = defineCommand({
  words: ['<secret>'],
  options: { ...drivingOptions, provider: { type: 'string', description: 'the provider that it would be presented to' } },
  async run({ options, words: [secret = ''] }) {
    const lk = await open(options);
    const found = await lk.introspect(secret, options.provider);
    return { data: found, text: `${sentenceOf(found)}\n` };
  },
});

function sentenceOf({ active, provider, reason, key }: Introspection): string {
  const whose = key === null ? '' : `: the key ${key.name ?? key.hint} of ${key.owner} (${provider ?? key.provider}, ${key.id})`;
  if (active) return `accepted${whose}`;
  return `refused, because ${reason === null ? 'it is not accepted' : reasons[reason]}${whose}`;
}
