import { expect, test } from 'vitest';
import { readTarget, splitTarget } from '../../src/http/target.ts';

test.each([
  ['/a/b', '/a/b', ''],
  ['/a?b=c', '/a', '?b=c'],
  ['/a?', '/a', '?'],
  ['/a?b?c', '/a', '?b?c'],
  ['?b', '', '?b'],
  ['', '', ''],
])('%s is split at its first question mark', (url, path, search) => {
  expect(splitTarget(url)).toEqual({ path, search, url });
});

test.each([
  ['/a?b', '/a?b'],
  ['http://host:1/a?b', '/a?b'],
  ['HTTPS://host', '/'],
  ['http://host?b', '/?b'],
  ['*', '/*'],
  ['/%zz?%zz', '/%25zz?%zz'],
  ['/%41%ff', '/A%EF%BF%BD'],
])('the target %s of a request line is read as %s', (target, url) => {
  expect(readTarget(target)).toEqual(splitTarget(url));
});
