import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { emulatorForTests } from '../support/emulator.ts';

const lk = emulatorForTests({ ownPorts: ['estuary'] });

async function send(url: string, bytes: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  socket.write(bytes);
  await once(socket, 'close');
  return answer;
}

test.each([
  ['a line that is not HTTP', 'hello\r\n\r\n', '400 Bad Request'],
  ['a header that never ends', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(100_000)}`, '431 Request Header Fields Too Large'],
])('%s is answered in plain text on every port, and the next request is served', async (_, bytes, status) => {
  for (const url of [lk.url, lk.providerUrls.get('estuary') ?? '']) {
    const answer = await send(url, bytes);
    const head = ['Content-Type: text/plain; charset=utf-8', `Content-Length: ${status.length}`, 'Connection: close'];
    expect(answer).toBe([`HTTP/1.1 ${status}`, ...head, '', status].join('\r\n'));
    expect((await fetch(`${url}/health`)).status).toBe(200);
  }
});
