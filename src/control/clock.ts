import { type Static, Type } from 'typebox';
import { type ClockReading, fromIso, toIso, type VirtualClock } from '../clock.ts';
import { parseDurationMs } from '../formats/duration.ts';
import { Words } from '../provider/schemas.ts';
import type { World } from '../worlds/world.ts';
import { invalid } from './errors.ts';
import { answers, Clock, keyId } from './schemas.ts';
import type { ControlScope } from './scope.ts';
import { keyWithId } from './views.ts';

const NewReading = Type.Object(
  {
    now: Type.Optional(Type.String({ description: 'RFC 3339' })),
    frozen: Type.Optional(Type.Boolean({ description: 'Whether it stands still from now on' })),
  },
  { examples: [{ now: '2030-01-01T00:00:00Z', frozen: true }] },
);
const Step = Type.Object({ by: Type.String({ description: 'Go-style (720h, -1m30s) or ISO 8601 (P30D)', examples: ['720h'] }) });
const Edge = Type.Object({
  key: keyId,
  event: Type.Optional(Words(['expiry'])),
  offset: Type.Optional(
    Type.String({ description: 'A duration, which may be negative: -1ms is just before (default 0s)', examples: ['-1ms'] }),
  ),
});

const schema = { tags: ['Clock'], response: answers(Clock) };

/** The clock of a world, which everything in the world follows: read it, set it, move it, freeze it. */
export function addClockRoutes(scope: ControlScope): void {
  scope.get('/clock', { schema: { ...schema, operationId: 'getClock' } }, async ({ world }) => clockView(world.clock.read()));

  scope.put(
    '/clock',
    {
      schema: {
        ...schema,
        operationId: 'setClock',
        summary: 'Set the clock to an instant, and freeze it or let it run, in one move; what is left out stays as it was',
        body: NewReading,
      },
    },
    async ({ world, body }) => afterExpiries(world, await setClock(world, body)),
  );

  scope.post(
    '/clock/advance',
    {
      schema: {
        ...schema,
        operationId: 'advanceClock',
        summary: 'Move the clock by a duration, which may be negative; a frozen clock stays frozen',
        body: Step,
      },
    },
    async ({ world, body }) => afterExpiries(world, await advanceClock(world, body.by)),
  );

  scope.post(
    '/clock/edge',
    {
      schema: {
        ...schema,
        operationId: 'setClockToEdge',
        summary: "Freeze the clock exactly at a key's expiry, or at an offset from it",
        body: Edge,
      },
    },
    async ({ world, body }) => afterExpiries(world, await setClockToEdge(world, body)),
  );

  scope.post('/clock/freeze', { schema: { ...schema, operationId: 'freezeClock' } }, async ({ world }) =>
    moved(world, (clock) => clock.freeze()),
  );

  scope.post('/clock/resume', { schema: { ...schema, operationId: 'resumeClock' } }, async ({ world }) =>
    moved(world, (clock) => clock.resume()),
  );
}

/** Answers once the events of all expiries that the clock passed were emitted. */
async function afterExpiries<T>(world: World, answer: T): Promise<T> {
  // The clock has moved, even if they cannot be read: the next round emits them.
  await world.catchUp().catch(() => undefined);
  return answer;
}

function setClock(world: World, { now, frozen }: Static<typeof NewReading>) {
  if (now === undefined && frozen === undefined)
    throw invalid('say where to set the clock: {"now": …}, {"frozen": true or false}, or both');
  const instant = now === undefined ? undefined : fromIso(now);
  if (now !== undefined && instant === undefined) throw invalid('now must be an RFC 3339 date-time such as 2030-01-01T00:00:00Z');
  return moved(world, (clock) =>
    clock.put({ ...(instant !== undefined && { now: instant }), ...(frozen !== undefined && { frozen }) }),
  );
}

function advanceClock(world: World, by: string) {
  const byMs = parseDurationMs(by);
  if (byMs === undefined) throw invalid('by must be a duration: Go-style such as 720h or -1m30s, or ISO 8601 such as P30D');
  return moved(world, (clock) => clock.advance(byMs));
}

async function setClockToEdge(world: World, { key: id, offset = '0s' }: Static<typeof Edge>) {
  const { expiresAt } = await keyWithId(world, id);
  if (expiresAt === null) throw invalid('the key never expires');
  const offsetMs = parseDurationMs(offset);
  if (offsetMs === undefined) throw invalid('offset must be a duration such as -1ms, 0s or 1h');
  return moved(world, (clock) => clock.freezeAt(expiresAt + offsetMs));
}

/** Makes a move. Throws 400 for one to an instant that RFC 3339 cannot write. */
async function moved(world: World, move: (clock: VirtualClock) => ClockReading): Promise<Static<typeof Clock>> {
  try {
    return clockView(await world.changes.moveClock(move));
  } catch (error) {
    if (error instanceof RangeError) throw invalid('the clock cannot leave the years 0000 to 9999');
    throw error;
  }
}

function clockView({ now, frozen, offsetMs }: ClockReading): Static<typeof Clock> {
  return { now: toIso(now), frozen, offsetMs };
}
