import type {} from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** The target of this request as it is routed: `/<provider>/…` or `/_latchkey/…`. */
    readonly target: Target;
  }
}

/** A request target, taken apart. */
export interface Target {
  readonly path: string;
  /** The query with its `?`; empty if there is none. */
  readonly search: string;
  /** Path and query as one text. */
  readonly url: string;
}

/** Puts a target together. */
export function targetAt(path: string, search: string): Target {
  return { path, search, url: path + search };
}

/** Takes a target apart as it is written: for `request.originalUrl`, which is what the client sent. */
export function splitTarget(url: string): Target {
  const mark = url.indexOf('?');
  return mark === -1 ? { path: url, search: '', url } : { path: url.slice(0, mark), search: url.slice(mark), url };
}

/**
 * Takes apart the target of a request line. From an absolute target, which a proxy's client sends, scheme and host are
 * removed. A path with a bad escape is changed until it can be decoded: refusing it is up to the provider.
 */
export function readTarget(target: string): Target {
  const isAbsolute = !target.startsWith('/');
  const { path, search } = splitTarget(isAbsolute ? target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i, '') : target);
  const rooted = path.startsWith('/') ? path : `/${path}`;
  return targetAt(rooted.includes('%') ? decodable(rooted) : rooted, search);
}

function decodable(path: string): string {
  try {
    decodeURIComponent(path);
    return path;
  } catch {
    return path
      .replace(/%(?![0-9a-f]{2})/gi, '%25')
      .replace(/(?:%[0-9a-f]{2})+/gi, (run) => encodeURIComponent(Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8')));
  }
}
