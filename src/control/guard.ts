import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { hashSecret } from '../core/secret.ts';
import { ControlError } from './errors.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The call holds no data: it needs no admin token. */
    needsNoToken?: true;
    /** The call answers for any host name. */
    answersAnyHost?: true;
    /** The call answers any web page: there is nothing in it that a page could read or do. */
    answersAnyPage?: true;
  }
}

/** Who may call the control plane. */
export interface Admission {
  /** The token that callers must send; undefined if they need none. */
  readonly adminToken: string | undefined;
  /** Host names that it answers for besides the local ones; `*.` in front stands for any names below. */
  readonly allowHosts: readonly string[];
}

/** Refuses a caller that the control plane does not answer, before anything is done for the request. Throws 403 or 401. */
export function admit(request: FastifyRequest, { adminToken, allowHosts }: Admission): void {
  refuseForeignCallers(request, allowHosts);
  requireAdminToken(request, adminToken);
}

/**
 * Keeps web pages out of the control plane: a page that rebinds its own name to this machine sends a foreign Host, any other
 * page a foreign Origin. Local names are addresses, `localhost` and the names below it, names of a single label (as container
 * networks have), those of Kubernetes' services and the domains reserved for local use. Throws 403.
 */
function refuseForeignCallers(request: FastifyRequest, allowHosts: readonly string[]): void {
  const host = request.headers.host ?? '';
  const name = hostName(host);
  if (
    !request.routeOptions.config.answersAnyHost &&
    !isLocal(name) &&
    !allowHosts.some((allowed) => isCovered(name, allowed.toLowerCase()))
  ) {
    throw new ControlError(
      403,
      'host_refused',
      `The control plane does not answer for the host name ${JSON.stringify(name)}: use an address or a local name, or allow it with --allow-host.`,
    );
  }
  if (request.routeOptions.config.answersAnyPage) return;
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  // A proxy may have changed the host; the browser itself says whether the page is of the same origin.
  const isSame = site === 'same-origin' || origin === `http://${host}` || origin === `https://${host}`;
  const isForeign = origin !== undefined && !isSame;
  if (isForeign || site === 'cross-site' || site === 'same-site') {
    throw new ControlError(403, 'origin_refused', 'The control plane does not answer web pages of other origins.');
  }
}

/** Requires the admin token, if there is one; it is compared in constant time. Throws 401. */
function requireAdminToken(request: FastifyRequest, adminToken: string | undefined): void {
  if (adminToken === undefined || request.routeOptions.config.needsNoToken) return;
  const [, shown = ''] = /^Bearer +(.*)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (timingSafeEqual(Buffer.from(hashSecret(shown)), Buffer.from(hashSecret(adminToken)))) return;
  throw new ControlError(
    401,
    'admin_token_required',
    'The control plane requires the admin token: send Authorization: Bearer <token>.',
  );
}

function hostName(host: string): string {
  return host.toLowerCase().replace(/:\d*$/, '').replace(/\.$/, '');
}

function isCovered(name: string, allowed: string): boolean {
  return allowed.startsWith('*.') ? name.endsWith(allowed.slice(1)) : name === allowed;
}

function isLocal(name: string): boolean {
  const isAddress = /^\[[\da-f:.]+\]$|^\d+(\.\d+){3}$/.test(name);
  return isAddress || /^[^.]*$/.test(name) || /\.(localhost|local|internal|test|svc)$/.test(name);
}
