import type { FastifyRequest } from 'fastify';
import type { Mounts } from '../http/mounts.ts';

/** The base URL of a provider in the world of a request, for the host that the request used. */
export function baseUrlOf(mounts: Mounts, request: FastifyRequest, provider: string): string {
  const { world } = mounts.of(request.raw);
  return `${schemeOf(request)}://${mounts.baseOf(provider, world, hostOf(request))}`;
}

/** The base URL of a world, for the host that a request used. */
export function worldUrlOf(mounts: Mounts, request: FastifyRequest, world: string): string {
  return `${schemeOf(request)}://${mounts.baseOfWorld(world, hostOf(request))}`;
}

/** What the client used: a proxy that ends TLS says so. */
function schemeOf({ headers, protocol }: FastifyRequest): string {
  const forwarded = String(headers['x-forwarded-proto'] ?? '')
    .split(',', 1)[0]
    ?.trim()
    .toLowerCase();
  return forwarded === 'https' || forwarded === 'http' ? forwarded : protocol;
}

function hostOf({ headers }: FastifyRequest): string {
  return headers.host ?? 'localhost';
}
