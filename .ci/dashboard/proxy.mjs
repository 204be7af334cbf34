// A reverse proxy as people put one in front: it serves a latchkey below a path, and keeps or rewrites Host.
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { atEnd } from './at-end.mjs';

/**
 * Starts one in front of the port `target`, ended with the test `t`; gives its base URL. `seen` gets each request that arrives.
 * @param {{ path: string, keepsHost: boolean, seen?: unknown[] }} options
 */
export async function startProxy(t, target, { path, keepsHost, seen = [] }) {
  const server = createServer((incoming, answer) => {
    seen.push({ method: incoming.method, url: incoming.url, headers: incoming.headers });
    if (!incoming.url.startsWith(`${path}/`)) return answer.writeHead(404).end('nothing is served here');
    const headers = { ...incoming.headers, ...(!keepsHost && { host: `127.0.0.1:${target}` }) };
    const passed = { port: target, method: incoming.method, path: incoming.url.slice(path.length), headers, agent: false };
    const onward = request(passed, (back) => {
      answer.writeHead(back.statusCode, back.headers);
      answer.flushHeaders();
      back.pipe(answer);
    });
    onward.once('error', () => answer.destroy());
    answer.once('close', () => onward.destroy());
    incoming.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(t, () => {
    server.close();
    server.closeAllConnections();
  });
  return `http://localhost:${server.address().port}${path}`;
}
