import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { describeKey } from '../http/describe-key.ts';
import { headersOfConnection } from '../http/transport.ts';
import type { ProviderFacts } from '../provider/provider.ts';

/** What decides which headers of a request go on to an upstream. */
export interface HeaderRules {
  /** Whether the client's own credential goes on. */
  readonly passesCredentials: boolean;
  /** The `Authorization` that the upstream's own URL asks for; undefined if it has no user. */
  readonly authorization: string | undefined;
  /** What latchkey writes into `Via`, by which it knows its own requests again. */
  readonly via: string;
}

/** A header name as servers read it that do not tell `_` from `-`. */
type Spelling = string;

/** Headers that are about this connection, or that only latchkey may send. */
const neverForwarded: ReadonlySet<Spelling> = new Set([
  ...headersOfConnection,
  'host',
  'via',
  'expect',
  'http2-settings',
  'proxy-authorization',
  'proxy-authenticate',
]);

/** The headers in which a provider's clients present a credential, besides `Authorization`. */
function credentialHeadersOf({ security }: Pick<ProviderFacts, 'security'>): ReadonlySet<Spelling> {
  const names = Object.values(security).map((scheme) => (scheme.type === 'apiKey' && scheme.in === 'header' ? scheme.name : ''));
  return new Set(['authorization', ...names.filter((name) => name !== '').map(spellingOf)]);
}

/** Makes the headers of requests to the upstream of a provider: each is one that may go on, or latchkey's own. */
export function upstreamHeaders(provider: Pick<ProviderFacts, 'security'>, rules: HeaderRules) {
  const credentials = credentialHeadersOf(provider);
  const isKept = (name: Spelling, values: readonly string[], secret: string | undefined) => {
    if (name.startsWith('x-latchkey-') || neverForwarded.has(name)) return false;
    if (name === 'authorization' && rules.authorization !== undefined) return false;
    if (rules.passesCredentials) return true;
    return !credentials.has(name) && !(secret && values.some((value) => value.includes(secret)));
  };
  return {
    /** The credential header that came more than once: the upstream might read another value than latchkey did. */
    ambiguous: ({ headersDistinct }: IncomingMessage): string | undefined =>
      Object.keys(headersDistinct).find((name) => credentials.has(spellingOf(name)) && (headersDistinct[name]?.length ?? 0) > 1),
    of(request: FastifyRequest): Record<string, string | string[]> {
      const { via } = request.headers;
      const kept = headersOf(request.raw, (name, values) => isKept(name, values, request.trace.secret));
      return {
        ...kept,
        ...(rules.authorization !== undefined && { authorization: rules.authorization }),
        via: via === undefined ? rules.via : `${via}, ${rules.via}`,
        // Paths that need no key have no owner to name.
        ...(request.apiKey !== undefined && describeKey(request.apiKey)),
      };
    },
  };
}

/** The headers of an upstream's answer that go on to the client. */
export function answerHeaders(answer: IncomingMessage): Record<string, string[]> {
  const left: ReadonlySet<Spelling> = new Set([...headersOfConnection, 'transfer-encoding']);
  return headersOf(answer, (name) => !left.has(name));
}

/** The headers of a message that are kept, each as often as it came, without those that `Connection` names. */
function headersOf(
  { headersDistinct, headers: { connection = '' } }: IncomingMessage,
  isKept: (name: Spelling, values: readonly string[]) => boolean,
): Record<string, string[]> {
  const ofConnection = new Set(connection.toLowerCase().split(/\s*,\s*/));
  const headers: Record<string, string[]> = {};
  for (const [name, values = []] of Object.entries(headersDistinct)) {
    if (!ofConnection.has(name) && isKept(spellingOf(name), values)) headers[name] = values;
  }
  return headers;
}

/** `X_Latchkey_Owner` reaches many programs as `X-Latchkey-Owner`, and so does any name with another mark between its words. */
function spellingOf(name: string): Spelling {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '-');
}
