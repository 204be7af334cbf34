/** Characters from here on, UTF-16 does not have in the order of their bytes. */
const isBeyond = /[\ud800-\uffff]/;

/** The order in which the server lists things by name: byte by byte, so that `+` comes before `@`. FIDELITY: List, Users. */
export function compareBytes(one: string, other: string): number {
  if (one === other) return 0;
  if (!isBeyond.test(one) && !isBeyond.test(other)) return one < other ? -1 : 1;
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
