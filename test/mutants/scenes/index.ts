import { scenes as estuary, actor as estuaryActor } from './estuary.ts';
import { scenes as kps, actor as kpsActor } from './kps.ts';
import { scenes as rockset, actor as rocksetActor } from './rockset.ts';
import type { Actor, Scene } from './scene.ts';
import { scenes as whylabs, actor as whylabsActor } from './whylabs.ts';

export const actors: readonly Actor[] = [estuaryActor, kpsActor, rocksetActor, whylabsActor];

/** By provider: for each mutant a story in which it acts once. */
export const scenesOf: Readonly<Record<string, readonly Scene[]>> = { estuary, kps, rockset, whylabs };

/** Every mutant of every provider that has such a story. */
export const allScenes = Object.entries(scenesOf).flatMap(([provider, scenes]) =>
  scenes.map((scene) => ({ id: `${scene.mutant}@${provider}`, provider, scene })),
);
