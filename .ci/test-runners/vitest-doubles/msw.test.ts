import { test } from 'latchkey/vitest';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, expect } from 'vitest';

const unhandled: string[] = [];
const server = setupServer(http.get('https://example.com/', () => HttpResponse.text('mocked')));
server.events.on('request:unhandled', ({ request }) => void unhandled.push(request.url));
beforeAll(() => server.listen({ onUnhandledFrame: 'bypass' }));
afterAll(() => server.close());

test('found 2.1: msw sees the requests of the test, and none of the library', async ({ latchkey }) => {
  expect(await (await fetch('https://example.com/')).text()).toBe('mocked');
  const { secret } = await latchkey.keys.issue({ provider: 'rockset', owner: 'member@me.com', name: 'ci' });
  await expect(secret).toBeAccepted();
  expect(unhandled).toEqual([]);
  const url = `${latchkey.url}/v1/orgs/self`;
  await expect(fetch(url)).toBeRefused('credential_missing');
  expect(unhandled).toEqual([url]);
});
