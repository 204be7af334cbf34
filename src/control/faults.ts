import { METHODS } from 'node:http';
import { type Static, Type } from 'typebox';
import { hashSecret } from '../core/secret.ts';
import { problemOf } from '../faults/effects/index.ts';
import { type Fault, FaultDraft, FaultMatch, type FaultTerms } from '../faults/fault.ts';
import { mostFaults } from '../faults/stored.ts';
import { parseDurationMs } from '../formats/duration.ts';
import type { Provider } from '../provider/provider.ts';
import type { World } from '../worlds/world.ts';
import { textCleaner } from './calls/clean-texts.ts';
import { ControlError, invalid } from './errors.ts';
import { pageByPlace, pageFields, pageQuery } from './pages.ts';
import { answers, ControlErrorBody } from './schemas.ts';
import type { ControlParts, ControlScope } from './scope.ts';
import { knownProvider } from './views.ts';

const { credential: _hidden, ...shownMatch } = FaultMatch.properties;
export const FaultView = Type.Object(
  {
    id: Type.String(),
    match: Type.Object({
      ...shownMatch,
      credential: Type.Optional(Type.Literal('…', { description: 'Shown if there is one; the credential itself is not kept' })),
    }),
    effect: FaultDraft.properties.effect,
    skip: Type.Integer(),
    times: Type.Unsafe<number | null>({ type: ['integer', 'null'] }),
    ttlMs: Type.Integer(),
    hits: Type.Integer({ description: 'How many requests it has hit' }),
  },
  { title: 'Fault' },
);
type FaultView = Static<typeof FaultView>;

const longestTtlMs = 24 * 3_600_000;
const tags = ['Faults'];

/** Failures that repeat exactly: which requests they hit, how many, and what happens to them. */
export function addFaultRoutes(scope: ControlScope, parts: ControlParts): void {
  const clean = textCleaner(parts);
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
    async ({ world, query }) => {
      const { page, ...rest } = pageByPlace(world.faults.list(), query);
      return { faults: await Promise.all(page.map((fault) => clean(world, faultView(fault)))), ...rest };
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
        response: { ...answers(FaultView), 507: ControlErrorBody },
      },
    },
    async ({ world, body }) => clean(world, await addFault(world, readTerms(body, parts))),
  );

  scope.delete(
    '/faults/:id',
    {
      schema: {
        operationId: 'removeFault',
        tags,
        params: Type.Object({ id: Type.String({ examples: ['f1'] }) }),
        response: answers(Type.Object({ removed: Type.String() })),
      },
    },
    async ({ world, params }) => removeFault(world, params.id),
  );

  scope.delete(
    '/faults',
    { schema: { operationId: 'clearFaults', tags, response: answers(Type.Object({ cleared: Type.Literal(true) })) } },
    async ({ world }) => {
      await world.changes.removeFaults();
      return { cleared: true as const };
    },
  );
}

async function addFault({ changes }: World, terms: FaultTerms): Promise<FaultView> {
  const fault = await changes.addFault(terms);
  if (fault !== undefined) return faultView(fault);
  throw new ControlError(507, 'fault_limit_reached', `There are ${mostFaults} faults, the maximum. Remove some first.`);
}

async function removeFault({ changes }: World, id: string) {
  if (await changes.removeFault(id)) return { removed: id };
  throw new ControlError(
    404,
    'fault_not_found',
    `There is no fault ${JSON.stringify(id)}: it was removed, or its times or its ttl ran out.`,
  );
}

/** Reads a fault. Throws 400 for an unknown provider, operation or method, and for an effect or a duration that cannot be used. */
function readTerms({ match = {}, effect, skip = 0, times = 1, ttl = '60s' }: FaultDraft, parts: ControlParts): FaultTerms {
  const { credential, ...rest } = match;
  const meant = providersMeant(rest, parts);
  const problems = meant.map((provider) => problemOf(effect, provider));
  const [problem] = problems;
  if (problem !== undefined && !problems.includes(undefined)) throw invalid(problem);
  const bound = Object.keys(match).find((part) => part !== 'provider');
  if (effect.propagation !== undefined && bound !== undefined)
    throw invalid(`propagation can be limited to a provider only: the match must not have ${bound}`);
  const ttlMs = parseDurationMs(ttl);
  if (ttlMs === undefined || ttlMs <= 0 || ttlMs > longestTtlMs)
    throw invalid(`ttl must be a duration above 0 and at most 24h, not ${JSON.stringify(ttl)}`);
  return { match: rest, credential: credential === undefined ? null : hashesOf(credential, parts), effect, skip, times, ttlMs };
}

/** The providers that a fault may hit. Throws 400 if there are none. */
function providersMeant({ provider, operation, method }: FaultMatch, parts: ControlParts): readonly Provider[] {
  if (method !== undefined && !METHODS.includes(method.toUpperCase()))
    throw invalid(`method must be an HTTP method, not ${JSON.stringify(method)}`);
  const meant = provider === undefined ? parts.providers : [knownProvider(parts.providers, provider)];
  const having = operation === undefined ? meant : meant.filter((one) => hasOperation(parts, one, operation));
  if (having.length > 0) return having;
  const owner = provider === undefined ? '' : ` of ${provider}`;
  throw invalid(`unknown operation ${JSON.stringify(operation)}${owner}: GET /_latchkey/providers lists the operations`);
}

function hasOperation({ operationsOf }: ControlParts, { name, unimplemented }: Provider, operation: string): boolean {
  return [...operationsOf(name), ...unimplemented].some(({ id }) => id === operation);
}

/** The hashes under which each provider would look a credential up. A hint may end in `…`, as the journal shows it. */
function hashesOf(credential: string, { providers }: ControlParts): string[] {
  const spellings = providers.map(({ normalizeSecret }) => normalizeSecret?.(credential) ?? credential);
  return [...new Set([credential, credential.replace(/\u2026$/, ''), ...spellings])].map(hashSecret);
}

/** A fault as lists and events show it. */
export function faultView({ id, match, credential, effect, skip, times, ttlMs, hits }: Fault): FaultView {
  return { id, match: { ...match, ...(credential !== null && { credential: '…' as const }) }, effect, skip, times, ttlMs, hits };
}
