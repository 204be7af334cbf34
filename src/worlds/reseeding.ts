import type { Sown } from './seeding.ts';
import type { World } from './world.ts';
import type { StagedSeed } from './world-files.ts';

/**
 * Resets worlds to a seed. `stage` is called when nothing stands in the way any more, and what it gives is kept if all resets
 * succeed. Throws SeedError if the seed does not fit one of them, and changes nothing then.
 */
export async function resetTo(worlds: readonly World[], sown: Sown, stage: () => StagedSeed | undefined): Promise<void> {
  const resets = await Promise.all(worlds.map((world) => world.preparedReset('everything', sown)));
  while (worlds.some(({ store }) => store.restoring !== undefined)) await Promise.all(worlds.map(({ store }) => store.restoring));
  const staged = stage();
  try {
    const pending = resets.map((reset) => reset()).filter((one) => one !== undefined);
    if (pending.length > 0) await Promise.all(pending);
  } catch (error) {
    staged?.discard();
    throw error;
  }
  staged?.keep();
}
