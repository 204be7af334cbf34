import type { FastifyReply, FastifyRequest } from 'fastify';
import { stopwatchMs } from '../clock.ts';
import { isClientGone } from '../http/errors.ts';
import type { Mounts } from '../http/mounts.ts';
import type { ScopeObserver } from '../http/provider-scope.ts';
import { shownAddress } from '../journal/address.ts';
import { type EntryMaking, entryMaker } from '../journal/record.ts';
import { unreadableEntry } from '../journal/unreadable.ts';
import type { RequestCounts } from '../metrics/request-counts.ts';
import type { Provider } from '../provider/provider.ts';
import type { Worlds } from '../worlds/worlds.ts';
import type { ToldUnreadable } from './client-error.ts';

export interface ObserverParts extends EntryMaking {
  readonly mounts: Mounts;
  readonly counts: RequestCounts;
  /** Whether answers name their journal entry in a header. */
  readonly explainHeader: boolean;
}

/** The header that names the journal entry of an answer. */
const explainHeaderName = 'x-latchkey-request';

/** Observes a provider from outside: faults act before a credential is read, and every answer is recorded. */
export function observe(provider: Provider, parts: ObserverParts): ScopeObserver {
  const record = recorderOf(provider, parts);
  return {
    beforeAuthentication(scope) {
      scope.addHook('onRequest', (request, reply, done) => {
        const { world } = request;
        if (world.faults.isEmpty) return done();
        world.faults.strike({ request, reply, provider, keys: world.keys(provider.name) }).then(() => {
          // A connection that was reset has no answer to wait for.
          if (reply.sent) record(request, reply, null, 0);
          else done();
        }, done);
      });
    },
    beforeSending(scope) {
      scope.addHook('onSend', (request, reply, payload, done) => {
        const { faults } = request.world;
        const answer = faults.answered(request, payload);
        try {
          record(request, reply, answer, isClientGone(request) ? 0 : reply.statusCode);
        } catch (error) {
          // The answer is the provider's, whatever becomes of its record.
          request.log.error({ provider: provider.name, err: error }, 'a request could not be recorded');
        }
        done(null, faults.sent(request, answer));
      });
    },
  };
}

/** Records an answer; the status is 0 if there was none. */
export type Recorder = (request: FastifyRequest, reply: FastifyReply, payload: unknown, status: number) => void;

/** Records answers of a provider, or with null those to paths that no provider owns: in the journal of their world, in the counts and in the log. */
export function recorderOf(provider: Provider | null, parts: ObserverParts): Recorder {
  const { mounts, counts, explainHeader } = parts;
  const makeEntry = entryMaker(provider, parts);
  return (request, reply, payload, status) => {
    const { world } = request;
    const { faults } = world;
    const entry = world.record(
      makeEntry({
        request,
        reply,
        payload,
        status,
        mounting: mounts.of(request.raw),
        faults: faults.hitsOf(request),
        isInjected: faults.decides(request),
        secrets: world.secrets,
      }),
    );
    if (request.trace.decision !== undefined) request.server.gate.recorded(request, entry);
    // Nothing may be left of a world that was dropped meanwhile.
    if (!world.isClosed) counts.count(world.name, entry);
    // The log line costs more than all the rest, so it is made only if it will be logged.
    if (isTalkative(request.log.level)) {
      const { operation, key, code } = entry;
      request.log.debug({ world: world.name, provider: entry.provider, operation, key: key?.id, status, code }, 'answered');
    }
    if (explainHeader) reply.header(explainHeaderName, String(entry.id));
  };
}

/** Records what could not be read as a request in the journal of the default world: nobody knows which world it was meant for. */
export function unreadableRecorder({ default: world }: Worlds, counts: RequestCounts, startedMs: number): ToldUnreadable {
  return (status, answer, address) => {
    if (world.isClosed) return;
    const [at, elapsedMs, from] = [world.clock.now(), stopwatchMs() - startedMs, shownAddress(address)];
    counts.count(world.name, world.record(unreadableEntry({ at, elapsedMs, from, status, answer })));
  };
}

function isTalkative(level: string): boolean {
  return level === 'debug' || level === 'trace';
}
