/** The file name of a snapshot of a world at an instant: `latchkey-shop-7-2030-01-01T000000Z.sqlite`, which every system takes. */
export function snapshotName(world: string, instant: string): string {
  return `latchkey-${world}-${instant.replace(/\.\d+Z$/, 'Z').replaceAll(':', '')}.sqlite`;
}
