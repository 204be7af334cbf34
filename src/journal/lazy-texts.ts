import type { Mounting } from '../http/mounts.ts';
import type { FindNearest, NearestOperation } from '../http/nearest.ts';
import type { Provider } from '../provider/provider.ts';
import { candidatesOf, shownCredentialHeader, shownCredentialOf } from './credentials.ts';
import type { EntryHead, EntryMessages, EntryTexts } from './entry.ts';
import { type KnownSecrets, knownOf } from './known.ts';
import type { Redactor } from './redact.ts';
import { nothingSent, type Sent, type SentBody, type SharedAnswerHeaders, type SharedHeaders, textOf } from './sent.ts';
import { shownBeginning } from './texts.ts';

/** As much of what a client calls itself is shown. */
const longestClient = 120;

/** Knows the secrets of a world. */
export interface SecretLookup extends Omit<KnownSecrets, 'presented'> {
  /** Reads what it has not read yet, in pieces; undefined if there is nothing to read. */
  prepare(): Promise<void> | undefined;
}

/** What all entries of a provider share to make their texts. */
export interface TextMaking {
  /** Null for requests that no provider owns. */
  readonly provider: Provider | null;
  readonly redactor: Redactor;
  readonly findNearest: FindNearest;
  readonly headers: SharedHeaders;
  readonly answerHeaders: SharedAnswerHeaders;
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
    return this.#makeHead((text) => this.#making.redactor.text(text, this.#known()));
  }

  prepareHead(): Promise<void> | undefined {
    if (this.#head !== undefined) return undefined;
    const isLong = this.#sent.originalUrl.length > longPath;
    return isLong ? this.#makeLongHead(this.#sent) : this.#secrets.prepare();
  }

  async messages(): Promise<EntryMessages> {
    if (this.#messages !== undefined) return this.#messages;
    await this.#secrets.prepare();
    const known = this.#known();
    this.#messages = await messagesOf(this.#sent, this.#making.redactor, (text) => this.#making.redactor.longText(text, known));
    this.#releaseSent();
    return this.#messages;
  }

  #makeHead(clean: Clean): EntryHead {
    this.#head ??= headOf(this.#sent, this.#mounting, this.#making, clean);
    this.#releaseSent();
    return this.#head;
  }

  async #makeLongHead(sent: Sent): Promise<void> {
    await this.#secrets.prepare();
    const { redactor } = this.#making;
    const known = this.#known();
    const cleaned = new Map<string, string>();
    for (const text of longTextsOf(sent, this.#mounting, this.#making)) cleaned.set(text, await redactor.longText(text, known));
    this.#makeHead((text) => cleaned.get(text) ?? redactor.text(text, known));
  }

  isMarked(mark: string): boolean {
    if (this.#mark === null || this.#mark === mark) return this.#mark === mark;
    // As it is shown, it differs only if something was taken out of it, or written plainly.
    return (mark.includes('…') || this.#mark.includes('\\u')) && this.head().mark === mark;
  }

  #releaseSent(): void {
    if (this.#head !== undefined && this.#messages !== undefined) this.#sent = nothingSent;
  }

  #known(): KnownSecrets {
    return knownOf(this.#secrets, this.#sent.secret);
  }
}

type Clean = (text: string) => string;
type CleanInPieces = (text: string) => Promise<string>;

/** A longer path is worked on in pieces: a request line may have 16 KiB, which take tens of milliseconds. */
const longPath = 1024;

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

/** The texts that the head of an entry needs clean. */
function longTextsOf(sent: Sent, mounting: Mounting, making: TextMaking): string[] {
  const reasons = sent.isMissed ? missedBy(sent, mounting, making).map(({ why }) => why) : [];
  return [sent.originalUrl, mounting.target.url, ...reasons];
}

/** The path of the request is part of the reasons, and there may be secrets in it. */
function nearestTo(sent: Sent, mounting: Mounting, making: TextMaking, clean: Clean): readonly NearestOperation[] {
  return missedBy(sent, mounting, making).map((nearest) => ({ ...nearest, why: clean(nearest.why) }));
}

function missedBy({ method }: Sent, { target }: Mounting, { provider, findNearest }: TextMaking): readonly NearestOperation[] {
  const path = provider === null ? target.path : target.path.slice(provider.name.length + 1);
  return findNearest({ provider: provider?.name ?? null, method, path });
}

async function messagesOf(sent: Sent, redactor: Redactor, clean: CleanInPieces): Promise<EntryMessages> {
  return {
    requestHeaders: await shownHeaders(sent.headers, redactor, clean),
    requestBody: await shownBody(sent.body, clean),
    responseHeaders: await shownHeaders(sent.answerHeaders, redactor, clean),
    responseBody: await shownBody(sent.answerBody, clean),
  };
}

async function shownHeaders(
  headers: Readonly<Record<string, unknown>>,
  redactor: Redactor,
  clean: CleanInPieces,
): Promise<Record<string, string>> {
  const shown: Record<string, string> = {};
  for (const [name, given] of Object.entries(headers)) {
    const value = String(given);
    shown[redactor.headerName(await clean(name))] = shownCredentialHeader(name, value, redactor) ?? (await clean(value));
  }
  return shown;
}

async function shownBody(body: SentBody, clean: CleanInPieces): Promise<string | null> {
  const text = textOf(body);
  return text === null ? null : shownBeginning(text, await clean(text.text));
}
