import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';

/** Sends the head of a request and waits until the server has it. The result sends the body and gives the answer. */
export async function begin(
  lk: { readonly url: string },
  path: string,
  method: string,
  headers: Readonly<Record<string, string>>,
) {
  const begun = request(`${lk.url}${path}`, {
    method,
    headers: { ...headers, expect: '100-continue', 'content-type': 'application/json' },
  });
  const answered: Promise<IncomingMessage[]> = once(begun, 'response');
  begun.flushHeaders();
  await once(begun, 'continue');
  return async (body: object): Promise<{ status: number | undefined; body: string }> => {
    begun.end(JSON.stringify(body));
    const [answer] = await answered;
    return { status: answer?.statusCode, body: answer === undefined ? '' : await text(answer) };
  };
}
