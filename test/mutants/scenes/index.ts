import { scenes as estuary } from './estuary.ts';
import { scenes as kps } from './kps.ts';
import { scenes as rockset } from './rockset.ts';
import type { Scene } from './scene.ts';
import { scenes as whylabs } from './whylabs.ts';

/** By provider: for each mutant a story in which it acts once. */
export const scenesOf: Readonly<Record<string, readonly Scene[]>> = { estuary, kps, rockset, whylabs };

/** Every mutant of every provider that has such a story. */
export const allScenes = Object.entries(scenesOf).flatMap(([provider, scenes]) =>
  scenes.map((scene) => ({ id: `${scene.mutant}@${provider}`, provider, scene })),
);
