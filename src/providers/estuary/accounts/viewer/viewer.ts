import type { ApiKey } from '../../../../core/api-key.ts';
import { shownExpiry } from '../../keys/shown-expiry.ts';
import type { EstuaryProfile } from '../../profiles.ts';
import type { User } from '../users/users.ts';
import type { Viewer } from './schemas.ts';

/** The calling key's user as `GET /viewer` shows them. FIDELITY: viewer. */
export function viewerOf(user: User, key: ApiKey, profile: EstuaryProfile): Viewer {
  const { id, username, level, address, miners } = user;
  return {
    username,
    perms: level,
    id,
    // The server's address library prints an address that is not set as this text.
    address: address === '' ? '<empty>' : address,
    ...(miners.length === 0 ? {} : { miners: [...miners] }),
    auth_expiry: shownExpiry(key),
    settings: settingsOf(user, profile),
  };
}

/** The defaults of the real server's configuration. */
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
