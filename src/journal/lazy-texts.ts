import type { Mounting } from '../http/mounts.ts';
import type { FindNearest, NearestOperation } from '../http/nearest.ts';
import type { Provider } from '../provider/provider.ts';
import { candidatesOf, shownCredentialHeader, shownCredentialOf } from './credentials.ts';
import type { EntryHead, EntryMessages } from './entry.ts';
import type { KnownSecrets } from './known.ts';
import type { Redactor } from './redact.ts';
import { type Sent, type SentBody, type SharedHeaders, textOf } from './sent.ts';
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
  readonly headers: SharedHeaders;
}

type Clean = (text: string) => string;

/** What takes the secrets out of a text. */
function cleaning({ secret }: Sent, { redactor }: TextMaking, secrets: SecretLookup): Clean {
  const known: KnownSecrets = {
    presented: secret,
    isSecret: (word) => secrets.isSecret(word),
    hintsAt: (text, place) => secrets.hintsAt(text, place),
  };
  return (text) => redactor.text(text, known);
}

/** Where a request went, without its secrets. */
export function headOf(sent: Sent, mounting: Mounting, making: TextMaking, secrets: SecretLookup): EntryHead {
  const clean = cleaning(sent, making, secrets);
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

/** Headers and bodies, without their secrets. */
export function messagesOf(sent: Sent, making: TextMaking, secrets: SecretLookup): EntryMessages {
  const { headers, body, answerHeaders, answerBody } = sent;
  const { redactor } = making;
  const clean = cleaning(sent, making, secrets);
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
