/** The file of a build that says what it was made from. */
export const fingerprintFile = 'fingerprint';
