import { overlookUnreadableTypes } from '../../http/bodies.ts';
import { invalid } from '../errors.ts';
import type { ControlScope } from '../scope.ts';

/** No body of ours is nested deeper, and code that walks through a body must not run out of stack. */
const deepest = 100;

/** Bodies are JSON, whatever their content type says (`curl -d` calls them a form). A request without a body has an empty object. */
export function readBodies(scope: ControlScope): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, readBody(String(body)));
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  });
  overlookUnreadableTypes(scope);
  scope.addHook('preValidation', async (request) => {
    request.body ??= {};
  });
}

/** Throws 400 for a text that is not JSON, and for one that is nested too deep. */
function readBody(text: string): unknown {
  if (text === '') return {};
  if (isTooDeep(text)) throw invalid(`the body is nested more than ${deepest} levels deep`);
  try {
    // An editor of Windows writes a mark at the beginning.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw invalid('the body is not JSON');
  }
}

/** Counts brackets outside strings. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"?|[[{]|[\]}]/gs)) {
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    if (depth > deepest) return true;
  }
  return false;
}
