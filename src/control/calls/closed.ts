import type { FastifyRequest, RouteOptions } from 'fastify';
import { invalid, mostDetails } from '../errors.ts';
import type { ControlScope } from '../scope.ts';

/**
 * Makes every call of a scope refuse the fields and query parameters that its schemas do not name, at any depth; an object
 * that takes any fields says so with `additionalProperties`. Call this before the routes are added.
 */
export function refuseUnknownFields(scope: ControlScope): void {
  scope.addHook('onRoute', (route) => {
    // It has what its GET has.
    if (route.method === 'HEAD') return;
    const { body, querystring = { type: 'object', properties: {} } } = Object(route.schema);
    route.schema = { ...route.schema, querystring: closed(querystring), ...(body !== undefined && { body: closed(body) }) };
    if (body === undefined) addCheck(route);
  });
}

/** A call without a schema for its body takes no body. Bytes are a matter of the route. */
function addCheck(route: RouteOptions): void {
  const earlier = [route.preValidation ?? []].flat();
  route.preValidation = [...earlier, refuseBody];
}

async function refuseBody(request: FastifyRequest): Promise<void> {
  const { body, headers, method } = request;
  if (Buffer.isBuffer(body)) return;
  const isAnnounced = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  // The body of a GET is never read.
  const isUnread = (method === 'GET' || method === 'HEAD') && isAnnounced;
  if (isUnread) throw invalid(`${method} takes no body here: say in the query what you want`);
  const isEmpty = typeof body === 'object' && body !== null && !Array.isArray(body) && Object.keys(body).length === 0;
  if (body === undefined || isEmpty) return;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw invalid('this call takes no body');
  const details = Object.keys(body)
    .slice(0, mostDetails)
    .map((field) => ({ path: `/${field}`, problem: 'is an unknown field: there are no fields here' }));
  throw invalid(details.map(({ path, problem }) => `${path} ${problem}`).join('; '), details);
}

/** A copy of a schema in which objects take only the fields that they name, unless they say otherwise. */
function closed(schema: unknown): object {
  const copy = Object.fromEntries(Object.entries(Object(schema)).map(([key, value]) => [key, closedPart(key, value)]));
  const isOpen = copy['properties'] === undefined || copy['additionalProperties'] !== undefined;
  return isOpen ? copy : { ...copy, additionalProperties: false };
}

/** The parts of a schema that are schemas themselves. */
function closedPart(key: string, value: unknown): unknown {
  if (key === 'properties') {
    return Object.fromEntries(Object.entries(Object(value)).map(([name, part]) => [name, closed(part)]));
  }
  if (key === 'items' && !Array.isArray(value)) return closed(value);
  return key === 'anyOf' && Array.isArray(value) ? value.map(closed) : value;
}
