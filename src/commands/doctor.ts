import { lookup } from 'node:dns/promises';

/** What was looked at, whether it is well, and what to do if not. */
export interface Finding {
  readonly isWell: boolean;
  readonly what: string;
}

/**
 * Finds out why a client may not reach a latchkey at a base URL: whether the URL is one, its host is known, something listens
 * there, it is a latchkey, and the path leads to it.
 */
export async function diagnose(url: string): Promise<readonly Finding[]> {
  const parsed = URL.parse(url);
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    return [{ isWell: false, what: `${JSON.stringify(url)} is no http URL; give one such as http://localhost:5282` }];
  }
  const findings: Finding[] = [{ isWell: true, what: `${url} is a URL` }];
  const { hostname } = parsed;
  const address = await lookup(hostname.replace(/^\[|\]$/g, '')).catch(() => undefined);
  if (address === undefined) {
    findings.push({
      isWell: false,
      what: `the host ${hostname} is not known here; names below .localhost need a resolver that knows them, or --add-host`,
    });
    return findings;
  }
  findings.push({ isWell: true, what: `the host ${hostname} is ${address.address}` });
  findings.push(...(await diagnoseAnswer(parsed)));
  return findings;
}

async function diagnoseAnswer({ origin, pathname, protocol }: URL): Promise<readonly Finding[]> {
  const answer = await fetch(`${origin}/_latchkey/health`).catch((error: Error) => error);
  if (answer instanceof Error) {
    const reason = answer.cause instanceof Error ? answer.cause.message : answer.message;
    const hint =
      protocol === 'https:'
        ? ' (is it served by http?)'
        : ' (is it running, on this port, on an address that can be reached from here? In a container: LATCHKEY_HOST=0.0.0.0)';
    return [{ isWell: false, what: `nothing answers at ${origin}: ${reason}${hint}` }];
  }
  const text = await answer.text();
  if (!text.includes('"status":"ok"')) {
    return [
      {
        isWell: false,
        what: `what answers at ${origin} is no latchkey, or the port of one provider alone (status ${answer.status})`,
      },
    ];
  }
  const findings: Finding[] = [{ isWell: true, what: `a latchkey answers at ${origin}` }];
  if (pathname.endsWith('/') && pathname !== '/') {
    findings.push({ isWell: false, what: 'the base URL ends in a slash: some clients send two then' });
  }
  return findings;
}
