/** The order in which the server lists things by name: byte by byte, so that `+` comes before `@`. FIDELITY: List, Users. */
export function compareBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
