import { request as requestHttp } from 'node:http';

export interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** How long the answer may take (default 2 s). */
  readonly timeoutMs?: number;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** The answer of a server, whatever it is. Throws the error of Node.js if there is none. */
export async function answerOf(url: string, { method = 'GET', headers = {}, body, timeoutMs = 2000 }: Asking): Promise<Answer> {
  const request = url.startsWith('https:') ? (await import('node:https')).request : requestHttp;
  return new Promise((resolve, reject) => {
    const options = { method, headers, signal: AbortSignal.timeout(timeoutMs), agent: false };
    const sent = request(url, options, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** What the control plane answers: its content, or its refusal in its own words; neither if another server answers. */
export type JsonAnswer<T> = { readonly content: T } | { readonly status: number; readonly refusal: string | undefined };

/** Calls the control plane. Throws the error of Node.js if there is no answer. */
export async function jsonOf<T extends object>(
  url: string,
  { body, headers, ...asking }: Omit<Asking, 'body'> & { readonly body?: object | undefined },
): Promise<JsonAnswer<T>> {
  const json = body === undefined ? {} : { 'content-type': 'application/json' };
  const { status, text } = await answerOf(url, {
    timeoutMs: 60_000,
    ...asking,
    headers: { ...headers, ...json },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  try {
    const content: T & { readonly error?: { readonly message?: string } } = JSON.parse(text);
    return status < 300 ? { content } : { status, refusal: content.error?.message };
  } catch {
    return { status, refusal: undefined };
  }
}
