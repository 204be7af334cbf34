/** Code units below this one are characters of their own, and in the order of their bytes. */
const firstSurrogate = 0xd800;

/** The order in which the server lists things by name: byte by byte, so that `+` comes before `@`. FIDELITY: List, Users. */
export function compareBytes(one: string, other: string): number {
  const end = Math.min(one.length, other.length);
  for (let place = 0; place < end; place++) {
    const [unit, otherUnit] = [one.charCodeAt(place), other.charCodeAt(place)];
    if (unit === otherUnit) continue;
    if (unit < firstSurrogate && otherUnit < firstSurrogate) return unit - otherUnit;
    return Buffer.compare(Buffer.from(one), Buffer.from(other));
  }
  return one.length - other.length;
}
