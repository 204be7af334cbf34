import type { Static } from 'typebox';
import { expectTypeOf, test } from 'vitest';
import type { CredentialsByProvider } from '../../src/client/client.ts';
import type * as client from '../../src/client/types.ts';
import type { AgendaEvent } from '../../src/control/agenda.ts';
import type { Credentials } from '../../src/control/credentials.ts';
import type { Explanation } from '../../src/control/explain.ts';
import type { FaultView } from '../../src/control/faults.ts';
import type { Introspection } from '../../src/control/introspect.ts';
import type { IssuedKey, KeyDescription } from '../../src/control/issue.ts';
import type { ExplainedEntry, RequestCount, RequestsQuery } from '../../src/control/journal.ts';
import type { KeysQuery } from '../../src/control/keys.ts';
import type { ResetTarget } from '../../src/control/reset.ts';
import type { Clock, Credential, JournalEntry, Key } from '../../src/control/schemas.ts';
import type { Tls } from '../../src/control/tls.ts';
import type { NewWorld } from '../../src/control/worlds.ts';
import type { Effect } from '../../src/faults/effects/index.ts';
import type { FaultDraft } from '../../src/faults/fault.ts';
import type { EventType } from '../../src/worlds/events.ts';
import type { KeyTransition } from '../../src/worlds/transitions.ts';

/** A type with all of it read-only, as the client's types are. */
type Frozen<T> = T extends readonly (infer Element)[]
  ? readonly Frozen<Element>[]
  : T extends object
    ? { readonly [Name in keyof T]: Frozen<T[Name]> }
    : T;

test("the client's types of answers are those of the control plane", () => {
  expectTypeOf<client.Credential>().toEqualTypeOf<Frozen<Static<typeof Credential>>>();
  expectTypeOf<CredentialsByProvider>().toEqualTypeOf<Frozen<Static<typeof Credentials>>>();
  expectTypeOf<client.Key>().toEqualTypeOf<Frozen<Static<typeof Key>>>();
  expectTypeOf<client.IssuedKey>().toEqualTypeOf<Frozen<Static<typeof IssuedKey>>>();
  expectTypeOf<client.ClockReading>().toEqualTypeOf<Frozen<Static<typeof Clock>>>();
  expectTypeOf<client.Introspection>().toEqualTypeOf<Frozen<Static<typeof Introspection>>>();
  expectTypeOf<client.JournalEntry>().toEqualTypeOf<Frozen<Static<typeof JournalEntry>>>();
  expectTypeOf<client.RequestCount>().toEqualTypeOf<Frozen<Static<typeof RequestCount>>>();
  expectTypeOf<client.Explanation>().toEqualTypeOf<Frozen<Static<typeof Explanation>>>();
  expectTypeOf<client.ExplainedEntry>().toEqualTypeOf<Frozen<Static<typeof ExplainedEntry>>>();
  expectTypeOf<Frozen<client.Fault>>().toEqualTypeOf<Frozen<Static<typeof FaultView>>>();
  expectTypeOf<client.Tls>().toEqualTypeOf<Frozen<Static<typeof Tls>>>();
  expectTypeOf<client.AgendaEvent>().toEqualTypeOf<Frozen<Static<typeof AgendaEvent>>>();
});

test("the client's types of requests are those of the control plane, without the cursors, which the client does not use", () => {
  expectTypeOf<client.KeyFilter>().toEqualTypeOf<Frozen<Omit<KeysQuery, 'cursor'>>>();
  expectTypeOf<client.RequestFilter>().toEqualTypeOf<Frozen<Omit<RequestsQuery, 'cursor'>>>();
  expectTypeOf<client.FaultEffect>().toEqualTypeOf<Frozen<Effect>>();
  expectTypeOf<client.FaultDraft>().toEqualTypeOf<Frozen<FaultDraft>>();
  expectTypeOf<client.Seed | undefined>().toEqualTypeOf<Frozen<Static<typeof NewWorld>>['seed']>();
  expectTypeOf<Parameters<client.Latchkey['reset']>[0]>().toEqualTypeOf<Static<typeof ResetTarget> | undefined>();
  // The further fields of a key are the provider's own.
  expectTypeOf<client.KeyDescription>().toExtend<Frozen<Static<typeof KeyDescription>>>();
});

test("the client's types of events are those of a world", () => {
  expectTypeOf<client.EventType>().toEqualTypeOf<EventType>();
  expectTypeOf<client.KeyTransition>().toEqualTypeOf<KeyTransition>();
});
