import type {} from '../http/request-world.ts';
import type { World } from '../worlds/world.ts';

declare module '../http/request-world.ts' {
  /** In the control plane, `request.world` is a whole `World`. */
  interface RequestWorld extends World {}
}
