import type { ProviderScope } from './provider.ts';

/** Accepts a body of any content type and drops it unread: for servers that never look at it. */
export function discardBodies(scope: ProviderScope): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request, payload, done) => {
    payload.resume();
    done(null);
  });
}

/** Hands the handler the text of a body of any content type: for servers that decode it themselves. */
export function readBodiesAsText(scope: ProviderScope, limitBytes = 1 << 20): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: limitBytes }, (_request, body, done) => done(null, body));
}
