/** Whether a header can carry a token as it is: ASCII, without blanks at its ends. */
export function isSendable(adminToken: string): boolean {
  return /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(adminToken);
}
