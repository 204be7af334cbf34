import { createHash } from 'node:crypto';
import type { SettingDigests } from '../store/postgres/members.ts';

/** A digest of each setting, from which its value cannot be read: secrets are among them. */
export function digestsOf(settings: Readonly<Record<string, unknown>>): SettingDigests {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, digestOf(name, value)]));
}

/** With the name in it: equal values of different settings have different digests. */
function digestOf(name: string, value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([name, value ?? null]))
    .digest('base64url');
}
