import type { Key, KeyState } from '../client/types.ts';
import { fromIso } from '../clock.ts';
import { defineCommand } from './command.ts';
import { drivingOptions, open } from './driving.ts';
import { type Colour, type Paint, table } from './table.ts';

export const command = defineCommand({
  options: {
    ...drivingOptions,
    provider: { type: 'string', description: 'only keys of this provider' },
    state: {
      type: 'string',
      enum: ['active', 'suspended', 'revoked', 'expired'],
      description: 'only keys in this state',
    },
    tenant: { type: 'string', description: 'only keys of this tenant' },
    owner: { type: 'string', description: 'only keys of this owner' },
  },
  async run({ options, surroundings: { env, paint } }) {
    const { provider, state, tenant, owner } = options;
    const lk = await open(options, env);
    const filter = { ...(provider && { provider }), ...(state && { state }), ...(tenant && { tenant }), ...(owner && { owner }) };
    const keys = await lk.keys.list(filter);
    const { now } = await lk.clock.read();
    return { data: keys, text: keyTable(keys, now, paint) };
  },
});

const colours: Readonly<Record<KeyState, Colour>> = { active: 'green', suspended: 'yellow', revoked: 'red', expired: 'red' };

/** Keys with the time that they have left at an instant. */
function keyTable(keys: readonly Key[], now: string, paint: Paint): string {
  const rows = keys.map(({ provider, hint, name, owner, state, expiresAt, id }) => [
    provider,
    hint,
    name ?? '-',
    owner,
    { text: state, colour: colours[state] },
    timeLeft(expiresAt, now),
    id,
  ]);
  return table(['PROVIDER', 'HINT', 'NAME', 'OWNER', 'STATE', 'LEFT', 'ID'], rows, paint);
}

function timeLeft(expiresAt: string | null, now: string): string {
  if (expiresAt === null) return 'for ever';
  const seconds = Math.floor(((fromIso(expiresAt) ?? 0) - (fromIso(now) ?? 0)) / 1000);
  if (seconds < 0) return 'none';
  if (seconds < 7200) return `${Math.floor(seconds / 60)}m${seconds % 60}s`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3600)}h` : `${Math.floor(seconds / 86_400)}d`;
}
