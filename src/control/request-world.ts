import type {} from '../http/request-world.ts';
import type { World } from '../worlds/world.ts';

declare module '../http/request-world.ts' {
  /** Here, where worlds are known, `request.world` is one. */
  interface RequestWorld extends World {}
}
