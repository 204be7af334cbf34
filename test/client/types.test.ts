import { readFileSync } from 'node:fs';
import type { Static } from 'typebox';
import { expect, expectTypeOf, test } from 'vitest';
import type { CredentialsByProvider } from '../../src/client/client.ts';
import type * as client from '../../src/client/types.ts';
import type { AgendaEvent } from '../../src/control/agenda.ts';
import type { NotReady, Ready } from '../../src/control/calls/health.ts';
import type { MutantEvidence, MutantReport, Reachable } from '../../src/control/calls/mutant.ts';
import type { ReplicaView } from '../../src/control/calls/replicas.ts';
import type { SnippetView } from '../../src/control/calls/snippets.ts';
import type { SuccessorBody } from '../../src/control/calls/successor.ts';
import type { Credentials } from '../../src/control/credentials.ts';
import type { Explanation } from '../../src/control/explain.ts';
import type { FaultView } from '../../src/control/faults.ts';
import type { Introspection } from '../../src/control/introspect.ts';
import type { IssuedKey, KeyDescription } from '../../src/control/issue.ts';
import type { ExplainedEntry, RequestCount, RequestsQuery } from '../../src/control/journal.ts';
import type { KeysQuery } from '../../src/control/keys.ts';
import type { ProviderView } from '../../src/control/providers.ts';
import type { ResetBody, ResetTarget } from '../../src/control/reset.ts';
import type { Clock, Credential, JournalEntry, Key, NearestOperation } from '../../src/control/schemas.ts';
import type { Tls } from '../../src/control/tls.ts';
import type { Verdict } from '../../src/control/verdicts.ts';
import type { NewWorld } from '../../src/control/worlds.ts';
import type { KeyKind } from '../../src/core/api-key.ts';
import type { ErrorCode } from '../../src/core/errors.ts';
import type { EffectiveState } from '../../src/core/key-state.ts';
import type { Effect } from '../../src/faults/effects/index.ts';
import type { FaultDraft } from '../../src/faults/fault.ts';
import type { FaultChange } from '../../src/faults/faults.ts';
import type { RefusalReason } from '../../src/testing/verdicts.ts';
import type { EventType } from '../../src/worlds/events.ts';
import type { KeyTransition } from '../../src/worlds/transitions.ts';
import { exportsOf, files } from '../architecture/source.ts';

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

/** Every exported type of the client that is locked to what the control plane has, by its name. */
const locked: Readonly<Record<string, () => void>> = {
  Credential: () => expectTypeOf<Plain<client.Credential>>().toEqualTypeOf<Frozen<Static<typeof Credential>>>(),
  CredentialsByProvider: () => expectTypeOf<CredentialsByProvider>().toExtend<Frozen<Static<typeof Credentials>>>(),
  // What has been issued has a secret.
  SecretCredential: () => expectTypeOf<Plain<client.SecretCredential>>().toExtend<Frozen<Static<typeof Credential>>>(),
  IssuedKey: () => expectTypeOf<Plain<client.IssuedKey>>().toExtend<Frozen<Static<typeof IssuedKey>>>(),
  Key: () => expectTypeOf<Plain<client.Key>>().toEqualTypeOf<Frozen<Static<typeof Key>>>(),
  KeyState: () => expectTypeOf<client.KeyState>().toEqualTypeOf<EffectiveState>(),
  KeyKind: () => expectTypeOf<client.KeyKind>().toEqualTypeOf<KeyKind>(),
  ErrorCode: () => expectTypeOf<client.ErrorCode>().toEqualTypeOf<ErrorCode>(),
  ClockReading: () => expectTypeOf<Plain<client.ClockReading>>().toEqualTypeOf<Frozen<Static<typeof Clock>>>(),
  Introspection: () => expectTypeOf<Plain<client.Introspection>>().toEqualTypeOf<Frozen<Static<typeof Introspection>>>(),
  JournalEntry: () => expectTypeOf<Plain<client.JournalEntry>>().toEqualTypeOf<Frozen<Static<typeof JournalEntry>>>(),
  NearestOperation: () => expectTypeOf<Plain<client.NearestOperation>>().toEqualTypeOf<Frozen<Static<typeof NearestOperation>>>(),
  RequestCount: () => expectTypeOf<client.RequestCount>().toEqualTypeOf<Frozen<Static<typeof RequestCount>>>(),
  Explanation: () => expectTypeOf<Plain<client.Explanation>>().toEqualTypeOf<Frozen<Static<typeof Explanation>>>(),
  Verdict: () => expectTypeOf<client.Verdict>().toEqualTypeOf<Verdict>(),
  ExplainedEntry: () => expectTypeOf<Plain<client.ExplainedEntry>>().toEqualTypeOf<Frozen<Static<typeof ExplainedEntry>>>(),
  Fault: () => expectTypeOf<Plain<client.Fault>>().toEqualTypeOf<Frozen<Static<typeof FaultView>>>(),
  Readiness: () => expectTypeOf<client.Readiness>().toEqualTypeOf<Frozen<Static<typeof Ready> | Static<typeof NotReady>>>(),
  Tls: () => expectTypeOf<Plain<client.Tls>>().toEqualTypeOf<Frozen<Static<typeof Tls>>>(),
  Replica: () => expectTypeOf<client.Replica>().toEqualTypeOf<Frozen<Static<typeof ReplicaView>>>(),
  AgendaEvent: () => expectTypeOf<Plain<client.AgendaEvent>>().toEqualTypeOf<Frozen<Static<typeof AgendaEvent>>>(),
  // The evidence is left out.
  EmulatedProvider: () => expectTypeOf<Frozen<Static<typeof ProviderView>>>().toExtend<Plain<client.EmulatedProvider>>(),
  Snippet: () => expectTypeOf<Plain<client.Snippet>>().toEqualTypeOf<Frozen<Static<typeof SnippetView>>>(),
  EventType: () => expectTypeOf<client.EventType>().toEqualTypeOf<EventType>(),
  KeyTransition: () => expectTypeOf<client.KeyTransition>().toEqualTypeOf<KeyTransition>(),
  FaultChange: () => expectTypeOf<client.FaultChange>().toEqualTypeOf<FaultChange>(),
  // Those of requests are without the cursors, which the client does not use.
  KeyFilter: () => expectTypeOf<Plain<client.KeyFilter>>().toEqualTypeOf<Frozen<Omit<KeysQuery, 'cursor'>>>(),
  RequestFilter: () => expectTypeOf<Plain<client.RequestFilter>>().toEqualTypeOf<Frozen<Omit<RequestsQuery, 'cursor'>>>(),
  FaultEffect: () => expectTypeOf<Plain<client.FaultEffect>>().toEqualTypeOf<Frozen<Effect>>(),
  FaultDraft: () => expectTypeOf<Plain<client.FaultDraft>>().toEqualTypeOf<Frozen<FaultDraft>>(),
  Seed: () => expectTypeOf<client.Seed | undefined>().toEqualTypeOf<Frozen<Static<typeof NewWorld>>['seed']>(),
  SuccessorTerms: () => expectTypeOf<client.SuccessorTerms>().toEqualTypeOf<Frozen<Static<typeof SuccessorBody>>>(),
  MutantEvidence: () => expectTypeOf<Plain<client.MutantEvidence>>().toEqualTypeOf<Frozen<Static<typeof MutantEvidence>>>(),
  Reachable: () => expectTypeOf<Plain<client.Reachable>>().toEqualTypeOf<Frozen<Static<typeof Reachable>>>(),
  MutantReport: () => expectTypeOf<Plain<client.MutantReport>>().toEqualTypeOf<Frozen<Static<typeof MutantReport>>>(),
  // The further fields of a key are the provider's own.
  KeyDescription: () => expectTypeOf<client.KeyDescription>().toExtend<Frozen<Static<typeof KeyDescription>>>(),
};

/** Every other one, and why it is not. */
const others: Readonly<Record<string, string>> = {
  Emulated: 'generated from the providers, and compared with them',
  ProviderName: 'a name of Emulated',
  OperationId: 'a name of Emulated',
  Profiles: 'names of Emulated',
  Credentials: 'CredentialsByProvider by name: made by the client',
  EventData: 'made of Key, JournalEntry, Fault and ClockReading; the stream has no schema',
  LatchkeyEvent: 'EventData with its type: made by the client',
  EventOptions: 'an argument of the client',
  EventStream: 'an object of the client',
  Latchkey: 'the client itself',
  LatchkeyError: 'a class of the client',
  Answer: 'an answer before it is read',
  OpenAnswer: 'an answer before it is read',
  Transport: 'what makes the calls',
};

test("every exported type of the client is locked to the control plane's, or named with a reason why it cannot be", () => {
  const exported = files.filter((file) => file.startsWith('client/')).flatMap(exportsOf);
  // Functions begin with a small letter.
  const types = [...new Set(exported.filter((name) => /^[A-Z]/.test(name)))];
  expect([...Object.keys(locked), ...Object.keys(others)].toSorted()).toEqual(types.toSorted());
});

test.each(Object.entries(locked))('%s is locked by its own line', (name, lock) => {
  // The lock itself is checked by the compiler; this is that it is about the type of its name.
  const source = readFileSync(import.meta.filename, 'utf8');
  expect(source).toMatch(new RegExp(`^  ${name}: \\(\\) =>\\s+expectTypeOf<.*\\b${name}\\b`, 'm'));
  lock();
});

test('what a reset takes is what the control plane takes', () => {
  expectTypeOf<Parameters<client.Latchkey['reset']>[0]>().toEqualTypeOf<Static<typeof ResetTarget> | undefined>();
  expectTypeOf<keyof NonNullable<Parameters<client.Latchkey['reset']>[1]>>().toEqualTypeOf<
    Exclude<keyof Static<typeof ResetBody>, 'to'>
  >();
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
