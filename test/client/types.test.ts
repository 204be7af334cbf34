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
import type { ErrorCode } from '../../src/core/errors.ts';
import type { Effect } from '../../src/faults/effects/index.ts';
import type { FaultDraft } from '../../src/faults/fault.ts';
import type { RefusalReason } from '../../src/testing/verdicts.ts';
import type { EventType } from '../../src/worlds/events.ts';
import type { KeyTransition } from '../../src/worlds/transitions.ts';

/** A type of the client with its names of providers and operations as texts, as the control plane's schemas have them. */
type Plain<T> = T extends client.ProviderName | client.OperationId
  ? string
  : T extends readonly (infer Element)[]
    ? readonly Plain<Element>[]
    : T extends object
      ? { readonly [Name in keyof T]: Plain<T[Name]> }
      : T;

/** A type with all of it read-only, as the client's types are. */
type Frozen<T> = T extends readonly (infer Element)[]
  ? readonly Frozen<Element>[]
  : T extends object
    ? { readonly [Name in keyof T]: Frozen<T[Name]> }
    : T;

test("the client's types of answers are those of the control plane", () => {
  expectTypeOf<Plain<client.Credential>>().toEqualTypeOf<Frozen<Static<typeof Credential>>>();
  expectTypeOf<CredentialsByProvider>().toExtend<Frozen<Static<typeof Credentials>>>();
  expectTypeOf<Plain<client.Key>>().toEqualTypeOf<Frozen<Static<typeof Key>>>();
  // What has been issued has a secret.
  expectTypeOf<Plain<client.IssuedKey>>().toExtend<Frozen<Static<typeof IssuedKey>>>();
  expectTypeOf<Plain<client.ClockReading>>().toEqualTypeOf<Frozen<Static<typeof Clock>>>();
  expectTypeOf<Plain<client.Introspection>>().toEqualTypeOf<Frozen<Static<typeof Introspection>>>();
  expectTypeOf<Plain<client.JournalEntry>>().toEqualTypeOf<Frozen<Static<typeof JournalEntry>>>();
  expectTypeOf<client.RequestCount>().toEqualTypeOf<Frozen<Static<typeof RequestCount>>>();
  expectTypeOf<Plain<client.Explanation>>().toEqualTypeOf<Frozen<Static<typeof Explanation>>>();
  expectTypeOf<Plain<client.ExplainedEntry>>().toEqualTypeOf<Frozen<Static<typeof ExplainedEntry>>>();
  expectTypeOf<Plain<client.Fault>>().toEqualTypeOf<Frozen<Static<typeof FaultView>>>();
  expectTypeOf<Plain<client.Tls>>().toEqualTypeOf<Frozen<Static<typeof Tls>>>();
  expectTypeOf<Plain<client.AgendaEvent>>().toEqualTypeOf<Frozen<Static<typeof AgendaEvent>>>();
});

test("the client's types of requests are those of the control plane, without the cursors, which the client does not use", () => {
  expectTypeOf<Plain<client.KeyFilter>>().toEqualTypeOf<Frozen<Omit<KeysQuery, 'cursor'>>>();
  expectTypeOf<Plain<client.RequestFilter>>().toEqualTypeOf<Frozen<Omit<RequestsQuery, 'cursor'>>>();
  expectTypeOf<Plain<client.FaultEffect>>().toEqualTypeOf<Frozen<Effect>>();
  expectTypeOf<Plain<client.FaultDraft>>().toEqualTypeOf<Frozen<FaultDraft>>();
  expectTypeOf<client.Seed | undefined>().toEqualTypeOf<Frozen<Static<typeof NewWorld>>['seed']>();
  expectTypeOf<Parameters<client.Latchkey['reset']>[0]>().toEqualTypeOf<Static<typeof ResetTarget> | undefined>();
  // The further fields of a key are the provider's own.
  expectTypeOf<client.KeyDescription>().toExtend<Frozen<Static<typeof KeyDescription>>>();
});

test('found 2.7: names of providers, operations, profiles and seeded credentials are known', () => {
  expectTypeOf<client.Latchkey['credentials']['rockset']['admin']['secret']>().toEqualTypeOf<string>();
  expectTypeOf<client.Latchkey['credentials']['kps']['bob']>().toEqualTypeOf<client.Credential>();
  expectTypeOf<'rocket'>().not.toExtend<client.ProviderName>();
  expectTypeOf<'getOrganisation'>().not.toExtend<client.OperationId>();
  expectTypeOf<{ rockset: '2024' }>().not.toExtend<client.Profiles>();
  expectTypeOf<'key_expried'>().not.toExtend<RefusalReason>();
  expectTypeOf<RefusalReason>().toExtend<ErrorCode>();
});

test("the client's types of events are those of a world", () => {
  expectTypeOf<client.EventType>().toEqualTypeOf<EventType>();
  expectTypeOf<client.KeyTransition>().toEqualTypeOf<KeyTransition>();
});
