import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ScopeExtension } from '../http/mount-provider.ts';
import type { Emulation } from '../http/provider.ts';
import type { World } from '../world.ts';

export interface ControlParts {
  readonly emulations: readonly Emulation[];
  readonly version: string;
  readonly worldOf: (request: FastifyRequest) => World;
}

export function registerControl(app: FastifyInstance, parts: ControlParts, _extend?: ScopeExtension): void {
  app.get('/_latchkey/health', async () => ({ status: 'ok', version: parts.version }));
}
