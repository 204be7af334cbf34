const hints: readonly (readonly [codes: RegExp, says: string])[] = [
  [
    /^ECONNREFUSED$/,
    'nothing listens there; is it running, on this port, and on an address that can be reached from here? In a container: LATCHKEY_HOST=0.0.0.0',
  ],
  [/^(ENOTFOUND|EAI_\w+)$/, 'its host name is unknown here; in a container, names below .localhost may need --add-host'],
  [/^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ENETDOWN|EHOSTDOWN)$/, 'no way leads from here to its address'],
  [/^(ETIMEDOUT|TimeoutError|UND_ERR_\w*TIMEOUT)$/, 'it accepts connections but does not answer, or a firewall drops them'],
  [
    /SIGNED_CERT|ISSUER_CERT|LEAF_SIGNATURE/,
    'its certificate is not trusted; trust its authority: latchkey ca ca.pem; NODE_EXTRA_CA_CERTS=ca.pem',
  ],
  [/CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/, 'its certificate is not valid today: renew it, or use --tls self-signed'],
  [/ALTNAME/, 'its certificate is for other names: use one of those, or --tls self-signed'],
  [/SSL|EPROTO/, 'it does not speak https; does the server speak http? https has its own port: see --tls'],
  [/^bad port$/, 'browsers and many clients refuse this port: use another one'],
];

/** Why a server at a base URL could not be reached, and what to do, in words for a person instead of those of Node.js and OpenSSL. */
export function whyUnreached(url: string, error: unknown): string {
  const codes = codesOf(error);
  const hint = hints.find(([pattern]) => codes.some((code) => pattern.test(code)));
  if (hint !== undefined) return hint[1];
  if (url.startsWith('http:')) return 'it closes the connection, or does not speak http; does the server speak https?';
  return 'it closes the connection, or does not speak https; does the server speak http?';
}

/** The codes of an error and of all that caused it. */
function codesOf(error: unknown, depth = 0): readonly string[] {
  if (!(error instanceof Error) || depth > 5) return [];
  const code: unknown = Reflect.get(error, 'code');
  const own = typeof code === 'string' ? [code] : [error.name, error.message];
  const inner: readonly unknown[] = error instanceof AggregateError ? error.errors : [];
  return [...own, ...[error.cause, ...inner].flatMap((one) => codesOf(one, depth + 1))];
}
