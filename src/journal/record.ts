import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Instant } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';
import type { ErrorCode } from '../core/errors.ts';
import type { Mounting } from '../http/mounts.ts';
import { operationIdOf } from '../provider/operations.ts';
import type { Provider, SecretFacts } from '../provider/provider.ts';
import { candidatesOf, readCredential, shownCredentialHeader } from './credentials.ts';
import type { EntryHead, EntryMessages, NewEntry } from './entry.ts';
import { type KnownSecrets, type Redactor, redactorOf } from './redact.ts';
import { type Sent, type SentBody, sentOf, textOf, weightOf } from './sent.ts';
import { shownBeginning } from './texts.ts';

/** A request that is about to be answered. */
export interface Answered {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** What will be sent, as far as it is a text. */
  readonly payload: unknown;
  /** 0 where the connection is broken instead. */
  readonly status: number;
  readonly mounting: Mounting;
  /** Ids of the faults that hit. */
  readonly faults: readonly string[];
  /** Whether one of them decided what is answered. */
  readonly isInjected: boolean;
  /** Whether a word is the secret of a key of the request's world. */
  readonly isSecret: (word: string) => boolean;
}

/** Makes journal entries of a provider's requests; `secrets` are those of all providers. */
export function entryMaker(provider: Provider, secrets: readonly SecretFacts[]): (answered: Answered) => NewEntry {
  const redactor = redactorOf(provider.secrets, secrets);
  return (answered) => new RecordedEntry(answered, provider, redactor);
}

/**
 * An entry whose texts are made when somebody first looks at them, which hardly ever happens: taking the secrets out of all
 * of them would cost more than answering. Until then what was sent is kept as it came, where nothing but this can see it.
 */
class RecordedEntry implements NewEntry {
  readonly at: Instant;
  readonly provider: string;
  readonly operation: string | null;
  readonly method: string;
  readonly status: number;
  readonly key: ApiKey | null;
  readonly code: ErrorCode | null;
  readonly faults: readonly string[];
  readonly durationMs: number;
  readonly required: string | null;
  readonly isOpen: boolean;
  readonly isInjected: boolean;
  readonly isAuthenticated: boolean;
  readonly isPermitted: boolean | null;
  readonly weight: number;
  id = 0;
  #head: EntryHead | (() => EntryHead);
  #messages: EntryMessages | (() => EntryMessages);

  constructor(answered: Answered, provider: Provider, redactor: Redactor) {
    const { request, reply, payload, status, mounting, faults, isInjected, isSecret } = answered;
    const { trace } = request;
    const { auth, requires = trace.missing } = request.unimplemented ?? request.routeOptions.config ?? {};
    this.at = request.now;
    this.provider = provider.name;
    this.operation = operationIdOf(request);
    this.method = request.method;
    this.status = status;
    this.key = trace.key ?? null;
    this.code = trace.code;
    this.faults = faults;
    this.durationMs = reply.elapsedTime;
    this.required = requires;
    this.isOpen = auth === 'none';
    this.isInjected = isInjected;
    this.isAuthenticated = trace.isAuthenticated;
    this.isPermitted = trace.isPermitted ?? null;
    const sent = sentOf(request, reply, payload);
    const known = { presented: sent.secret, isSecret };
    this.weight = weightOf(sent);
    const isUnknown = !trace.isAuthenticated && trace.key === undefined;
    this.#head = () => headOf(sent, mounting, isUnknown ? candidatesOf(sent.headers, provider) : [], { redactor, known });
    this.#messages = () => messagesOf(sent, { redactor, known });
  }

  get #madeHead(): EntryHead {
    if (typeof this.#head === 'function') this.#head = this.#head();
    return this.#head;
  }

  get #madeMessages(): EntryMessages {
    if (typeof this.#messages === 'function') this.#messages = this.#messages();
    return this.#messages;
  }

  settle(): void {
    void this.#madeHead;
    void this.#madeMessages;
  }

  get path(): string {
    return this.#madeHead.path;
  }

  get mount(): EntryHead['mount'] {
    return this.#madeHead.mount;
  }

  get credential(): EntryHead['credential'] {
    return this.#madeHead.credential;
  }

  get candidates(): EntryHead['candidates'] {
    return this.#madeHead.candidates;
  }

  get requestHeaders(): EntryMessages['requestHeaders'] {
    return this.#madeMessages.requestHeaders;
  }

  get requestBody(): EntryMessages['requestBody'] {
    return this.#madeMessages.requestBody;
  }

  get responseHeaders(): EntryMessages['responseHeaders'] {
    return this.#madeMessages.responseHeaders;
  }

  get responseBody(): EntryMessages['responseBody'] {
    return this.#madeMessages.responseBody;
  }
}

/** What takes the secrets out of an entry's texts. */
interface Cleaner {
  readonly redactor: Redactor;
  readonly known: KnownSecrets;
}

function headOf(sent: Sent, { by, target }: Mounting, candidates: readonly string[], { redactor, known }: Cleaner): EntryHead {
  return {
    path: redactor.text(sent.originalUrl, known),
    mount: { by, target: redactor.text(target.url, known) },
    credential: readCredential(sent, redactor),
    candidates,
  };
}

function messagesOf({ headers, body, answerHeaders, answerBody }: Sent, cleaner: Cleaner): EntryMessages {
  return {
    requestHeaders: shownHeaders(headers, cleaner),
    requestBody: shownBody(body, cleaner),
    responseHeaders: shownHeaders(answerHeaders, cleaner),
    responseBody: shownBody(answerBody, cleaner),
  };
}

function shownHeaders(headers: Readonly<Record<string, unknown>>, { redactor, known }: Cleaner): Record<string, string> {
  const shown = Object.entries(headers).map(([name, given]) => {
    const value = String(given);
    return [name, shownCredentialHeader(name, value, redactor) ?? redactor.text(value, known)];
  });
  return Object.fromEntries(shown);
}

function shownBody(body: SentBody, { redactor, known }: Cleaner): string | null {
  const text = textOf(body);
  return text === null ? null : shownBeginning(text, (part) => redactor.text(part, known));
}
