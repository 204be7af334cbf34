/** The address of a client as entries show it: one of IPv4 without what a socket for both kinds puts before it. Null if it is not known. */
export function shownAddress(address: string | undefined): string | null {
  if (address === undefined || !address.startsWith('::ffff:')) return address ?? null;
  return address.replace(/^::ffff:(?=\d+\.)/, '');
}
