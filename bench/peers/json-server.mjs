// json-server as its README shows it in a program, with one key, its log turned off.
import { createRequire } from 'node:module';

const jsonServer = createRequire(process.env.PEERS)('json-server');

const server = jsonServer.create();
server.use(jsonServer.defaults({ logger: false }));
server.use(jsonServer.router({ keys: [{ id: 1, name: 'key-050' }] }));
const listening = server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${listening.address().port}`));
