import type { FastifyRequest } from 'fastify';
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

function hostName(host: string): string {
  return host.toLowerCase().replace(/:\d*$/, '');
}

function isLocal(name: string): boolean {
  const isAddress = /^\[[\da-f:.]+\]$|^\d+(\.\d+){3}$/.test(name);
  return isAddress || /^[^.]*$/.test(name) || /\.(localhost|local|internal|test)$/.test(name);
}
