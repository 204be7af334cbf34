/** Takes away what every migration after the first one made. */
export const undoMigrations = ['expiry', 'creation', 'revocation'].map((name) => `DROP INDEX api_keys_by_${name};`).join(' ');
