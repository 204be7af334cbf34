import { type Agent, type IncomingMessage, request } from 'node:http';

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly authorization?: string;
  readonly body?: object;
}

/** What came back: a status and a body, or why there is neither. */
export type Answer =
  | { readonly status: number; readonly body: string }
  | { readonly status: undefined; readonly outcome: 'broken' | 'silent'; readonly why: string };

/** No disturbance keeps an answer back for so long: whatever takes longer hangs. */
const patienceMs = 30_000;

/** Sends a request to a port on 127.0.0.1. Never throws: a broken connection is an answer, too. */
export async function send(port: number, agent: Agent | undefined, { method, path, authorization, body }: Call): Promise<Answer> {
  const payload = body === undefined ? undefined : JSON.stringify(body);
  const headers = {
    ...(authorization !== undefined && { authorization }),
    ...(payload !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }),
  };
  const sending = request({ host: '127.0.0.1', port, method, path, headers, agent });
  let patience: NodeJS.Timeout | undefined;
  const silent = new Promise<Answer>((resolve) => {
    patience = setTimeout(() => {
      resolve({ status: undefined, outcome: 'silent', why: `no answer within ${patienceMs} ms` });
      sending.destroy();
    }, patienceMs);
  });
  const answered = new Promise<Answer>((resolve) => {
    const broken = ({ message }: Error) => resolve({ status: undefined, outcome: 'broken', why: message });
    sending.on('error', broken);
    sending.on('response', (answer) =>
      read(answer).then((text) => resolve({ status: answer.statusCode ?? 0, body: text }), broken),
    );
    sending.end(payload);
  });
  const answer = await Promise.race([answered, silent]);
  clearTimeout(patience);
  return answer;
}

async function read(answer: IncomingMessage): Promise<string> {
  let text = '';
  answer.setEncoding('utf8');
  for await (const part of answer) text += part;
  return text;
}
