/** Takes away what every migration after the first one made. */
export const undoMigrations = [
  ...['expiry', 'creation', 'revocation', 'name', 'owner', 'issue', 'end', 'use'].map(
    (name) => `DROP INDEX api_keys_by_${name};`,
  ),
  'CREATE INDEX api_keys_by_owner ON api_keys (provider, owner, name);',
].join(' ');
