import type { Mounting } from '../http/mounts.ts';
import type { FindNearest, NearestOperation } from '../http/nearest.ts';
import type { Provider } from '../provider/provider.ts';
import { candidatesOf, shownCredentialHeader, shownCredentialOf } from './credentials.ts';
import type { EntryHead, EntryMessages, EntryTexts } from './entry.ts';
import type { KnownSecrets } from './known.ts';
import type { Redactor } from './redact.ts';
import { nothingSent, type Sent, type SentBody, textOf } from './sent.ts';
import { shownBeginning } from './texts.ts';

/** As much of what a client calls itself is shown. */
const longestClient = 120;

/** Knows the secrets of a world. */
export type SecretLookup = Omit<KnownSecrets, 'presented'>;

/** What all entries of a provider share to make their texts. */
export interface TextMaking {
  /** Null for requests that no provider owns. */
  readonly provider: Provider | null;
  readonly redactor: Redactor;
  readonly findNearest: FindNearest;
}

/**
 * Makes the texts of an entry on demand: taking the secrets out of every request would cost more than answering it. Until
 * both parts are made, this keeps what was sent, secrets included, in private fields.
 */
export class LazyTexts implements EntryTexts {
  readonly #making: TextMaking;
  readonly #mounting: Mounting;
  readonly #secrets: SecretLookup;
  readonly #mark: string | null;
  #sent: Sent;
  #head: EntryHead | undefined = undefined;
  #messages: EntryMessages | undefined = undefined;

  constructor(sent: Sent, mounting: Mounting, secrets: SecretLookup, making: TextMaking) {
    this.#making = making;
    this.#mounting = mounting;
    this.#secrets = secrets;
    this.#mark = sent.mark;
    this.#sent = sent;
  }

  head(): EntryHead {
    this.#head ??= headOf(this.#sent, this.#mounting, this.#making, this.#clean());
    this.#releaseSent();
    return this.#head;
  }

  messages(): EntryMessages {
    this.#messages ??= messagesOf(this.#sent, this.#making.redactor, this.#clean());
    this.#releaseSent();
    return this.#messages;
  }

  isMarked(mark: string): boolean {
    if (this.#mark === null || this.#mark === mark) return this.#mark === mark;
    // As it is shown, it differs only if something was taken out of it, or written plainly.
    return (mark.includes('…') || this.#mark.includes('\\u')) && this.head().mark === mark;
  }

  #releaseSent(): void {
    if (this.#head !== undefined && this.#messages !== undefined) this.#sent = nothingSent;
  }

  /** What takes the secrets out of a text. */
  #clean(): Clean {
    const { redactor } = this.#making;
    const known: KnownSecrets = {
      presented: this.#sent.secret,
      isSecret: (word) => this.#secrets.isSecret(word),
      hintsAt: (text, place) => this.#secrets.hintsAt(text, place),
    };
    return (text) => redactor.text(text, known);
  }
}

type Clean = (text: string) => string;

function headOf(sent: Sent, mounting: Mounting, making: TextMaking, clean: Clean): EntryHead {
  const { by, target } = mounting;
  const { provider, redactor } = making;
  return {
    path: clean(sent.originalUrl),
    mount: { by, target: clean(target.url) },
    credential: shownCredentialOf(sent, redactor),
    client: sent.headers['user-agent'] === undefined ? null : cut(clean(sent.headers['user-agent'])),
    mark: sent.mark === null ? null : clean(sent.mark),
    candidates: sent.hasKey || provider === null ? [] : candidatesOf(sent.headers, provider),
    nearest: sent.isMissed ? nearestTo(sent, mounting, making, clean) : [],
  };
}

function cut(client: string): string {
  return client.length <= longestClient ? client : `${client.slice(0, longestClient - 1)}…`;
}

/** The path of the request is part of the reasons, and there may be secrets in it. */
function nearestTo(
  { method }: Sent,
  { target }: Mounting,
  { provider, findNearest }: TextMaking,
  clean: Clean,
): readonly NearestOperation[] {
  const path = provider === null ? target.path : target.path.slice(provider.name.length + 1);
  const found = findNearest({ provider: provider?.name ?? null, method, path });
  return found.map((nearest) => ({ ...nearest, why: clean(nearest.why) }));
}

function messagesOf({ headers, body, answerHeaders, answerBody }: Sent, redactor: Redactor, clean: Clean): EntryMessages {
  return {
    requestHeaders: shownHeaders(headers, redactor, clean),
    requestBody: shownBody(body, clean),
    responseHeaders: shownHeaders(answerHeaders, redactor, clean),
    responseBody: shownBody(answerBody, clean),
  };
}

function shownHeaders(headers: Readonly<Record<string, unknown>>, redactor: Redactor, clean: Clean): Record<string, string> {
  const shown = Object.entries(headers).map(([name, given]) => {
    const value = String(given);
    return [redactor.headerName(name, clean), shownCredentialHeader(name, value, redactor) ?? clean(value)];
  });
  return Object.fromEntries(shown);
}

function shownBody(body: SentBody, clean: Clean): string | null {
  const text = textOf(body);
  return text === null ? null : shownBeginning(text, clean);
}
