import { type Static, Type } from 'typebox';
import { hashSecret } from '../core/secret.ts';
import { refusalOf } from '../faults/effects/index.ts';
import { FaultDraft, FaultMatch } from '../faults/fault.ts';
import type { Fault, FaultTerms } from '../faults/faults.ts';
import { parseDurationMs } from '../formats/duration.ts';
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
    { schema: { operationId: 'addFault', tags, summary: 'Inject a failure', body: FaultDraft, response: answers(FaultView) } },
    async (request) => viewOf(worldOf(request).faults.add(readTerms(request.body, parts))),
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

/** Reads what a fault is to be. Throws 400 for a provider, an operation, an effect or a duration that is none. */
function readTerms({ match = {}, effect, skip = 0, times = 1, ttl = '60s' }: FaultDraft, parts: ControlParts): FaultTerms {
  const { credential, ...rest } = match;
  const meant = rest.provider === undefined ? parts.providers : [knownProvider(parts.providers, rest.provider)];
  if (rest.operation !== undefined && !meant.some((one) => hasOperation(parts, one.name, rest.operation ?? ''))) {
    throw invalid(
      `${rest.provider ?? 'no provider'} has ${rest.provider === undefined ? 'an' : 'no'} operation ${JSON.stringify(rest.operation)}; GET /providers lists them`,
    );
  }
  const refusals = meant.map((provider) => refusalOf(effect, provider));
  const refusal = refusals.every((one) => one !== undefined) ? refusals[0] : undefined;
  if (refusal !== undefined) throw invalid(refusal);
  const ttlMs = parseDurationMs(ttl);
  if (ttlMs === undefined || ttlMs <= 0 || ttlMs > longestTtlMs)
    throw invalid(`ttl ${JSON.stringify(ttl)} is no duration up to 24h`);
  return { match: rest, credential: credential === undefined ? null : hashesOf(credential, parts), effect, skip, times, ttlMs };
}

function hasOperation({ providers, operationsOf }: ControlParts, name: string, operation: string): boolean {
  const known = providers.find((provider) => provider.name === name)?.unimplemented ?? [];
  return [...operationsOf(name), ...known].some(({ id }) => id === operation);
}

/** A credential as each provider would look it up. */
function hashesOf(credential: string, { providers }: ControlParts): string[] {
  const spellings = providers.map(({ normalizeSecret }) => normalizeSecret?.(credential) ?? credential);
  return [...new Set([credential, ...spellings])].map(hashSecret);
}

function viewOf({ id, match, credential, effect, skip, times, ttlMs, hits }: Fault): Static<typeof FaultView> {
  return { id, match: { ...match, ...(credential !== null && { credential: '…' as const }) }, effect, skip, times, ttlMs, hits };
}
