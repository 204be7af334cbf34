import type { FindNearest } from '../http/nearest.ts';
import type { Provider, SecretFacts } from '../provider/provider.ts';
import type { NewEntry } from './entry.ts';
import type { TextMaking } from './lazy-texts.ts';
import { type Answered, RecordedEntry } from './recorded-entry.ts';
import { redactorOf, redactorOfAny } from './redact.ts';
import { SharedAnswerHeaders, SharedHeaders } from './sent.ts';

/** What entries are made with. */
export interface EntryMaking {
  /** The facts of all providers. */
  readonly secrets: readonly SecretFacts[];
  readonly findNearest: FindNearest;
  /** When latchkey was started, by the stopwatch. */
  readonly startedMs: number;
}

/** Makes the journal entries of a provider's requests, or with null those of requests that no provider owns. */
export function entryMaker(
  provider: Provider | null,
  { secrets, findNearest, startedMs }: EntryMaking,
): (answered: Answered) => NewEntry {
  const redactor = provider === null ? redactorOfAny(secrets) : redactorOf(provider.secrets, secrets);
  const making: TextMaking = {
    provider,
    findNearest,
    redactor,
    headers: new SharedHeaders(),
    answerHeaders: new SharedAnswerHeaders(),
  };
  return (answered) => new RecordedEntry(answered, making, startedMs);
}
