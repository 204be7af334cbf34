import type { ApiKey } from '../../../core/api-key.ts';
import { shownExpiry } from '../keys/keys.ts';
import type { Viewer } from '../keys/schemas.ts';
import type { EstuaryProfile } from '../profiles.ts';
import type { User } from './users.ts';

/** What a user sees of themself. FIDELITY: viewer. */
export function viewerOf(user: User, key: ApiKey, profile: EstuaryProfile): Viewer {
  const { id, username, level, address, miners } = user;
  return {
    username,
    perms: level,
    id,
    // How the server's library prints an address that is not set.
    address: address === '' ? '<empty>' : address,
    ...(miners.length === 0 ? {} : { miners: [...miners] }),
    auth_expiry: shownExpiry(key),
    settings: settingsOf(user, profile),
  };
}

/** The defaults of the real configuration. */
function settingsOf({ storageDisabled, flags }: User, profile: EstuaryProfile): Viewer['settings'] {
  return {
    replication: 6,
    verified: true,
    dealDuration: 1_494_720,
    ...(profile.hasStagingWait ? { maxStagingWait: 28_800_000_000_000 } : {}),
    fileStagingThreshold: profile.hasStagingWait ? 3_835_271_577 : 1_100_000_000,
    contentAddingDisabled: storageDisabled,
    dealMakingDisabled: false,
    uploadEndpoints: ['http://localhost:3004/content/add'],
    flags,
  };
}
