import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { draftKey } from '../src/core/key-service.ts';
import { describeKey } from '../src/http/describe-key.ts';
import { root } from '../src/package.ts';
import { epoch } from './support/emulator.ts';

const read = (name: string) => readFileSync(join(root, 'examples', 'forward-auth', name), 'utf8');
const grants = { roles: ['reader'], scopes: ['upload'] };
const draft = { tenant: 'acme', owner: 'member', secret: 'secret', hint: 'sec', name: 'all', grants };
/** Every header that a service may be told a key by. */
const headers = Object.keys(describeKey(draftKey('rockset', draft, epoch)));
const call = '/_latchkey/authorize/rockset';

test('nginx passes every header on, each only from the answer to the authorization', () => {
  const text = read('nginx.conf');
  expect(text).toContain(`proxy_pass http://latchkey${call};`);
  expect(text).toContain('proxy_set_header X-Forwarded-Method $request_method;');
  for (const header of headers) {
    const variable = header.slice('x-'.length).replaceAll('-', '_');
    expect(text).toContain(`auth_request_set $${variable} $upstream_http_x_${variable};`);
    expect(text.toLowerCase()).toContain(`proxy_set_header ${header} $${variable};`);
  }
});

test('Traefik takes every such header only from the answer', () => {
  const { forwardAuth } = parse(read('traefik.yaml')).http.middlewares.latchkey;
  expect(forwardAuth.address).toBe(`http://127.0.0.1:5282${call}`);
  // Traefik writes names of headers in this way.
  const canonical = headers.map((header) => header.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase()));
  expect(canonical.filter((header) => !new RegExp(forwardAuth.authResponseHeadersRegex).test(header))).toEqual([]);
});

test('Envoy takes away every such header that a client sends, then passes on those of the answer, and closes if there is none', () => {
  const [listener] = parse(read('envoy.yaml')).static_resources.listeners;
  const [mutation, authorization] = listener.filter_chains[0].filters[0].typed_config.http_filters;
  const removed = mutation.typed_config.mutations.request_mutations.map(({ remove }: { remove: string }) => remove);
  expect(removed.toSorted()).toEqual(headers.toSorted());
  const { http_service: service, failure_mode_allow: isOpen } = authorization.typed_config;
  expect([service.path_prefix, isOpen]).toEqual([call, false]);
  expect(service.authorization_response.allowed_upstream_headers.patterns).toEqual([
    { prefix: 'x-latchkey-', ignore_case: true },
  ]);
});

test('the README names every header', () => {
  const text = read('README.md').toLowerCase();
  expect(headers.filter((header) => !text.includes(`\`${header}\``))).toEqual([]);
});
