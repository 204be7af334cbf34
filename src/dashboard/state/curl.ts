import type { ExplainedEntry } from '../../client/types.ts';

/** A request as a line for a shell. */
export interface Curl {
  readonly text: string;
  /** The variable that has to be set first; null if the secret is in the text, or none was sent. */
  readonly variable: string | null;
}

/** What the page knows of the credential that a request presented. */
export interface KnownSecret {
  /** Undefined if the page does not know it. */
  readonly secret: string | undefined;
  readonly variable: string;
}

/** What a client sends of its own accord. */
const own = /^(host|connection|content-length|accept-encoding|user-agent|transfer-encoding|sec-.*)$/;
/** What stands in the journal for what it does not show. */
const blot = '…';

/**
 * A recorded request for a shell. The journal has no secrets: the credential's is put in where the page knows it, else a variable
 * stands for it; other values that were blotted out are counted in a comment.
 */
export function curlOf(entry: ExplainedEntry, root: string, { secret, variable }: KnownSecret): Curl {
  const { method, requestHeaders, requestBody, explanation } = entry;
  const [from = '', name = ''] = (explanation?.credential?.from ?? '').toLowerCase().split(/\s+/);
  const filling = { blots: 0, usesVariable: false };
  const fill = (text: string, isCredential: boolean): string => {
    const [before = '', ...rest] = text.split(blot);
    if (rest.length === 0) return quoted(text);
    if (!isCredential) {
      filling.blots += 1;
      return quoted(text);
    }
    if (secret !== undefined) return quoted(before.replace(/\S*$/, '') + secret);
    filling.usesVariable = true;
    return `${quoted(before.replace(/\S*$/, ''))}"$${variable}"`;
  };
  const headers = Object.entries(requestHeaders ?? {})
    .filter(([header]) => !own.test(header.toLowerCase()))
    .map(([header, value]) => {
      return `-H ${fill(`${header}: ${value}`, from === 'header' && header.toLowerCase() === name)}`;
    });
  const url = fill(urlOf(entry, root), false);
  const body = !requestBody ? [] : [`--data-binary ${fill(requestBody, false)}`];
  const line = [`curl -i -X ${quoted(method ?? 'GET')}`, url, ...headers, ...body].join(' \\\n  ');
  const { blots, usesVariable } = filling;
  const note = blots === 0 ? '' : `# ${blots} ${blots === 1 ? 'value was' : 'values were'} blotted out\n`;
  return { text: `${note}${line}\n`, variable: usesVariable ? variable : null };
}

/**
 * Where a request went, below the base URL of the default world: its path is as the client sent it, and names its world. What a host
 * name or a port said instead is said by the path here.
 */
function urlOf({ path, explanation }: ExplainedEntry, root: string): string {
  const { by = '', world = 'default', target = path ?? '/' } = explanation?.mount ?? {};
  const place = root.replace(/\/$/, '');
  if (by !== 'host' && by !== 'port') return `${place}${path ?? '/'}`;
  return `${place}${world === 'default' ? '' : `/~${encodeURIComponent(world)}`}${target}`;
}

/** The variable in which a provider's clients usually keep a key. */
export function variableOf(provider: string | null): string {
  return `${(provider ?? 'latchkey').toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}_APIKEY`;
}

/** A text that a shell reads as it is. */
export function quoted(text: string): string {
  return `'${insideQuotes(text)}'`;
}

/** The same for a place that stands in single quotes already. */
export function insideQuotes(text: string): string {
  return text.replaceAll("'", "'\\''");
}
