import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { hashSecret } from '../core/secret.ts';
import { ControlError } from './errors.ts';

/**
 * Keeps web pages out of the control plane: a page that rebinds its own name to this machine comes with a foreign Host,
 * any other page with a foreign Origin. Local names are addresses, `localhost` and below, names of a single label (as
 * container networks give) and the domains reserved for local use. Throws 403.
 */
export function refuseForeignCallers(request: FastifyRequest): void {
  const host = request.headers.host ?? '';
  if (!isLocal(hostName(host))) {
    throw new ControlError(
      403,
      'host_refused',
      `The control plane does not answer for the host name ${JSON.stringify(hostName(host))}.`,
    );
  }
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const isForeign = origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`;
  if (isForeign || site === 'cross-site' || site === 'same-site') {
    throw new ControlError(403, 'origin_refused', 'The control plane answers no page of another origin.');
  }
}

/** Calls that need no token: a container engine and a proxy have none to show. */
const openCalls: ReadonlySet<string> = new Set(['/_latchkey/health']);

/** Wants the admin token, where there is one, compared in constant time. Throws 401. */
export function requireAdminToken(request: FastifyRequest, adminToken: string | undefined): void {
  if (adminToken === undefined || openCalls.has(request.routeOptions.url ?? '')) return;
  const [, shown = ''] = /^Bearer +(.*)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (timingSafeEqual(Buffer.from(hashSecret(shown)), Buffer.from(hashSecret(adminToken)))) return;
  throw new ControlError(401, 'admin_token_required', 'The control plane wants the admin token: Authorization: Bearer <it>.');
}

function hostName(host: string): string {
  return host.toLowerCase().replace(/:\d*$/, '');
}

function isLocal(name: string): boolean {
  const isAddress = /^\[[\da-f:.]+\]$|^\d+(\.\d+){3}$/.test(name);
  return isAddress || /^[^.]*$/.test(name) || /\.(localhost|local|internal|test)$/.test(name);
}
