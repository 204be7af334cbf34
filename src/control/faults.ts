import { METHODS } from 'node:http';
import { type Static, Type } from 'typebox';
import { hashSecret } from '../core/secret.ts';
import { problemOf } from '../faults/effects/index.ts';
import { type Fault, FaultDraft, FaultMatch, type FaultTerms } from '../faults/fault.ts';
import { mostFaults } from '../faults/faults.ts';
import { parseDurationMs } from '../formats/duration.ts';
import type { Provider } from '../provider/provider.ts';
import { ControlError, invalid } from './errors.ts';
import { knownProvider } from './keys.ts';
import { pageFields, pageOf, pageQuery } from './pages.ts';
import { answers } from './schemas.ts';
import type { ControlParts, ControlScope } from './scope.ts';

const { credential: _hidden, ...shownMatch } = FaultMatch.properties;
const FaultView = Type.Object(
  {
    id: Type.String(),
    match: Type.Object({
      ...shownMatch,
      credential: Type.Optional(Type.Literal('…', { description: 'There is one; it is not kept' })),
    }),
    effect: FaultDraft.properties.effect,
    skip: Type.Integer(),
    times: Type.Unsafe<number | null>({ type: ['integer', 'null'] }),
    ttlMs: Type.Integer(),
    hits: Type.Integer({ description: 'Requests that it has hit' }),
  },
  { title: 'Fault' },
);

const longestTtlMs = 24 * 3_600_000;

/** Failures that repeat exactly: which requests, how many of them, and what happens to them. */
export function addFaults(scope: ControlScope, parts: ControlParts): void {
  const { worldOf } = parts;
  const tags = ['Faults'];

  scope.get(
    '/faults',
    {
      schema: {
        operationId: 'listFaults',
        tags,
        querystring: Type.Object(pageQuery),
        response: answers(Type.Object({ faults: Type.Array(FaultView), ...pageFields })),
      },
    },
    async (request) => {
      const { page, ...rest } = pageOf(worldOf(request).faults.list(), request.query);
      return { faults: page.map(viewOf), ...rest };
    },
  );

  scope.post(
    '/faults',
    {
      schema: {
        operationId: 'addFault',
        tags,
        summary: 'Inject a failure',
        body: FaultDraft,
        response: { ...answers(FaultView), 507: answers(FaultView)[400] },
      },
    },
    async (request) => {
      const fault = worldOf(request).faults.add(readTerms(request.body, parts));
      if (fault !== undefined) return viewOf(fault);
      throw new ControlError(507, 'fault_limit_reached', `There are ${mostFaults} faults, which is the most. Remove some first.`);
    },
  );

  scope.delete(
    '/faults/:id',
    {
      schema: {
        operationId: 'removeFault',
        tags,
        params: Type.Object({ id: Type.String() }),
        response: answers(Type.Object({ removed: Type.String() })),
      },
    },
    async (request) => {
      const { id } = request.params;
      if (worldOf(request).faults.remove(id)) return { removed: id };
      throw new ControlError(
        404,
        'fault_not_found',
        `There is no fault ${JSON.stringify(id)}: it was removed, has hit as often as it should, or has died.`,
      );
    },
  );

  scope.delete(
    '/faults',
    { schema: { operationId: 'clearFaults', tags, response: answers(Type.Object({ cleared: Type.Literal(true) })) } },
    async (request) => {
      worldOf(request).faults.clear();
      return { cleared: true as const };
    },
  );
}

/** Reads what a fault is to be. Throws 400 for a provider, an operation, a method, an effect or a duration that is none. */
function readTerms({ match = {}, effect, skip = 0, times = 1, ttl = '60s' }: FaultDraft, parts: ControlParts): FaultTerms {
  const { credential, ...rest } = match;
  const meant = providersMeant(rest, parts);
  const problems = meant.map((provider) => problemOf(effect, provider));
  const [problem] = problems;
  if (problem !== undefined && !problems.includes(undefined)) throw invalid(problem);
  const bound = Object.keys(match).find((part) => part !== 'provider');
  if (effect.propagation !== undefined && bound !== undefined)
    throw invalid(`propagation goes by provider alone, and there is a ${bound} in the match`);
  const ttlMs = parseDurationMs(ttl);
  if (ttlMs === undefined || ttlMs <= 0 || ttlMs > longestTtlMs)
    throw invalid(`ttl ${JSON.stringify(ttl)} is no duration up to 24h`);
  return { match: rest, credential: credential === undefined ? null : hashesOf(credential, parts), effect, skip, times, ttlMs };
}

/** The providers that a fault may ever hit. Throws 400 where there is none. */
function providersMeant({ provider, operation, method }: FaultMatch, parts: ControlParts): readonly Provider[] {
  if (method !== undefined && !METHODS.includes(method.toUpperCase()))
    throw invalid(`${JSON.stringify(method)} is no method of HTTP`);
  const meant = provider === undefined ? parts.providers : [knownProvider(parts.providers, provider)];
  const having = operation === undefined ? meant : meant.filter((one) => hasOperation(parts, one, operation));
  if (having.length > 0) return having;
  throw invalid(
    `${provider ?? 'no provider'} has ${provider === undefined ? 'an' : 'no'} operation ${JSON.stringify(operation)}; GET /providers lists them`,
  );
}

function hasOperation({ operationsOf }: ControlParts, { name, unimplemented }: Provider, operation: string): boolean {
  return [...operationsOf(name), ...unimplemented].some(({ id }) => id === operation);
}

/** A credential as each provider would look it up. A hint may be as the journal shows it. */
function hashesOf(credential: string, { providers }: ControlParts): string[] {
  const spellings = providers.map(({ normalizeSecret }) => normalizeSecret?.(credential) ?? credential);
  return [...new Set([credential, credential.replace(/\u2026$/, ''), ...spellings])].map(hashSecret);
}

function viewOf({ id, match, credential, effect, skip, times, ttlMs, hits }: Fault): Static<typeof FaultView> {
  return { id, match: { ...match, ...(credential !== null && { credential: '…' as const }) }, effect, skip, times, ttlMs, hits };
}
