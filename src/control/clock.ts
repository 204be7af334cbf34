import { Type } from 'typebox';
import { type ClockReading, fromIso, isWritable, toIso, type VirtualClock } from '../clock.ts';
import { parseDurationMs } from '../formats/duration.ts';
import { Words } from '../provider/schemas.ts';
import { ControlError, invalid } from './errors.ts';
import { answers, Clock } from './schemas.ts';
import type { ControlParts, ControlScope } from './scope.ts';

const tags = ['Clock'];

/** The one clock that everything of a world obeys: read it, set it, move it, freeze it. */
export function addClockRoutes(scope: ControlScope, { worldOf }: ControlParts): void {
  const schema = { tags, response: answers(Clock) };

  scope.get('/clock', { schema: { ...schema, operationId: 'getClock' } }, async (request) =>
    viewOf(worldOf(request).clock.read()),
  );

  scope.put(
    '/clock',
    {
      schema: {
        ...schema,
        operationId: 'setClock',
        summary: 'Put the clock at an instant; frozen stays frozen',
        body: Type.Object({ now: Type.String({ description: 'RFC 3339' }) }),
      },
    },
    async (request) => {
      const { clock } = worldOf(request);
      const instant = fromIso(request.body.now);
      if (instant === undefined) throw invalid('now must be an RFC 3339 date-time such as 2030-01-01T00:00:00Z');
      return moved(clock, instant);
    },
  );

  scope.post(
    '/clock/advance',
    {
      schema: {
        ...schema,
        operationId: 'advanceClock',
        summary: 'Move the clock by a duration, which may be negative; frozen stays frozen',
        body: Type.Object({ by: Type.String({ description: 'Go-style (720h, -1m30s) or ISO 8601 (P30D)' }) }),
      },
    },
    async (request) => {
      const { clock } = worldOf(request);
      const byMs = parseDurationMs(request.body.by);
      if (byMs === undefined) throw invalid('by must be a duration: Go-style such as 720h or -1m30s, or ISO 8601 such as P30D');
      return moved(clock, clock.now() + byMs);
    },
  );

  scope.post(
    '/clock/edge',
    {
      schema: {
        ...schema,
        operationId: 'setClockToEdge',
        summary: "Freeze exactly at a key's expiry, or so far from it",
        body: Type.Object({
          key: Type.String({ description: 'Id of a key' }),
          event: Type.Optional(Words(['expiry'])),
          offset: Type.Optional(
            Type.String({ description: 'A duration, which may be negative: -1ms is just before (default 0s)' }),
          ),
        }),
      },
    },
    async (request) => {
      const { key: id, offset = '0s' } = request.body;
      const { clock, store } = worldOf(request);
      const [key] = await store.keys.find({ id }, { limit: 1 });
      if (key === undefined) throw new ControlError(404, 'key_not_found', `There is no key with the id ${JSON.stringify(id)}.`);
      if (key.expiresAt === null) throw invalid('the key never expires');
      const offsetMs = parseDurationMs(offset);
      if (offsetMs === undefined) throw invalid('offset must be a duration such as -1ms, 0s or 1h');
      const instant = key.expiresAt + offsetMs;
      if (!isWritable(instant)) throw invalid('the clock cannot leave the years 0000 to 9999');
      return viewOf(clock.freezeAt(instant));
    },
  );

  scope.post('/clock/freeze', { schema: { ...schema, operationId: 'freezeClock' } }, async (request) =>
    viewOf(worldOf(request).clock.freeze()),
  );

  scope.post('/clock/resume', { schema: { ...schema, operationId: 'resumeClock' } }, async (request) =>
    viewOf(worldOf(request).clock.resume()),
  );
}

function moved(clock: VirtualClock, instant: number) {
  if (!isWritable(instant)) throw invalid('the clock cannot leave the years 0000 to 9999');
  return viewOf(clock.set(instant));
}

function viewOf({ now, frozen, offsetMs }: ClockReading) {
  return { now: toIso(now), frozen, offsetMs };
}
