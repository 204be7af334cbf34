import { invalid } from '../errors.ts';
import type { ControlScope } from '../scope.ts';

const words: ReadonlyMap<unknown, boolean> = new Map([
  ['', true],
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/** JSON answers end in a newline, for the prompt of a terminal; `?pretty`, which every call takes, indents them for its user. */
export function endInNewlines(scope: ControlScope): void {
  scope.decorateRequest('isPretty', false);
  scope.addHook('onRequest', async (request) => {
    const query = Object(request.query);
    if (!Object.hasOwn(query, 'pretty')) return;
    const isPretty = words.get(query.pretty);
    // No schema has it: it is not a parameter of the call itself.
    delete query.pretty;
    if (isPretty === undefined) throw invalid('pretty must be true or false');
    request.setDecorator('isPretty', isPretty);
  });
  scope.addHook('onSend', async (request, reply, payload) => {
    const isJson = String(reply.getHeader('content-type')).startsWith('application/json');
    if (!isJson || typeof payload !== 'string' || payload === '' || payload.endsWith('\n')) return payload;
    const isPretty = request.getDecorator<boolean>('isPretty');
    return `${isPretty ? JSON.stringify(JSON.parse(payload), null, 2) : payload}\n`;
  });
}
