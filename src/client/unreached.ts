import { LatchkeyError } from './error.ts';

/** Why a call could not be made, by the code of the system, of TLS or of the parser. */
const reasons: readonly (readonly [code: RegExp, code: string, reason: (url: string) => string])[] = [
  [/^ECONNREFUSED$/, 'unreachable', (url) => `nothing answers at ${url}: is latchkey started, and on this port?`],
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'unreachable', (url) => `nothing answers at ${url}: its host name has no address`],
  [/^(ECONNRESET|EPIPE)$/, 'unreachable', (url) => `the server at ${url} closed the connection before it had answered`],
  [/^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/, 'unreachable', (url) => `nothing answers at ${url}: no way leads to its address`],
  [/^HPE_/, 'not_latchkey', (url) => `the server at ${url} does not speak HTTP: does it want https?`],
  [/^(EPROTO|ERR_SSL_)/, 'not_latchkey', (url) => `the server at ${url} does not speak https: does it want http?`],
  [/ALTNAME_INVALID$/, 'certificate_untrusted', (url) => `the certificate of ${url} is for other host names`],
  [/^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/, 'certificate_untrusted', (url) => `the certificate of ${url} is not valid at this time`],
  [
    /SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|CERT_/,
    'certificate_untrusted',
    (url) => `the certificate of ${url} is not trusted: name the file of \`latchkey ca\` in NODE_EXTRA_CA_CERTS`,
  ],
];

/** Says in words why a call could not be made. What failed is the cause. */
export function unreached(url: string, cause: unknown): LatchkeyError {
  const found = String(Object(cause).code);
  if (/^ERR_(INVALID_URL|INVALID_PROTOCOL|UNESCAPED_CHARACTERS)$/.test(found)) return invalidUrl(url);
  const [, code, reason] = reasons.find(([pattern]) => pattern.test(found)) ?? [undefined, 'unreachable', nothing];
  return new LatchkeyError(0, code, reason(url), null, { cause });
}

/** Says what the URL of a latchkey is. */
export function invalidUrl(url: unknown): LatchkeyError {
  const shown = typeof url === 'string' ? JSON.stringify(url) : typeof url;
  return new LatchkeyError(0, 'url_invalid', `the URL of a latchkey is like http://localhost:5282, not ${shown}`, null);
}

function nothing(url: string): string {
  return `nothing answers at ${url}`;
}
