import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { type Exchange, exchange } from '../control/exchange.ts';
import { rockset } from '../control/seeded-calls.ts';
import { startTestEmulator, type TestEmulator } from './emulator.ts';

/** What the user's mock was asked. */
interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly string[];
  readonly body: string;
}

/** The user's mock: notes what it is asked, and answers as the test at hand says. */
export class Mock {
  readonly received: Received[] = [];
  answer: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) => response.end('mocked');
  readonly server: Server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    const { method = '', url = '', rawHeaders: headers } = request;
    this.received.push({ method, url, headers, body: Buffer.concat(pieces).toString('latin1') });
    this.answer(request, response);
  });

  /** The values of a header, each time that it came with a request. */
  got(name: string, index = 0): string[] {
    const { headers = [] } = this.received[index] ?? {};
    return headers.filter((_value, at) => at % 2 === 1 && headers[at - 1]?.toLowerCase() === name);
  }

  get host(): string {
    return `127.0.0.1:${portOf(this.server.address())}`;
  }

  /** Starts it; its base URL. */
  start(): Promise<string> {
    return new Promise((resolve) => {
      this.server.listen(0, '127.0.0.1', () => resolve(`http://${this.host}`));
    });
  }
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** A port at which nobody listens. */
function closedPort(): Promise<number> {
  const server = createTcpServer();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const port = portOf(server.address());
      server.close(() => resolve(port));
    });
  });
}

/** An emulator with upstreams, and a way to ask it. Read it inside tests only. */
export interface Upstreamed {
  readonly lk: TestEmulator;
  /** That of Rockset, below `/base`, and of WhyLabs; that of KPS cannot be reached, and Estuary has none. */
  readonly mock: Mock;
  /** Asks with the seeded key of Rockset's member. */
  ask(path: string, sent?: Parameters<typeof exchange>[1]): Promise<Exchange>;
}

export const authorization = `ApiKey ${rockset.secret}`;
/** An operation of Rockset that is known and not emulated: listWorkspaces. */
export const unimplemented = '/v1/orgs/self/ws';

/** Started before the tests of a file, stopped after them; before each test the world and the mock are as at the start. */
export function upstreamedForTests(): Upstreamed {
  const mock = new Mock();
  const running: { lk?: TestEmulator } = {};
  const lk = () => running.lk ?? notStarted();
  beforeAll(async () => {
    const base = await mock.start();
    const upstreams = new Map([
      ['rockset', `${base}/base/`],
      ['whylabs', base],
      ['kps', `http://127.0.0.1:${await closedPort()}`],
    ]);
    running.lk = await startTestEmulator({ upstreams, ownPorts: ['rockset'] });
  });
  beforeEach(async () => {
    mock.received.length = 0;
    mock.answer = (_request, response) => response.end('mocked');
    await lk().world.reset('everything');
    lk().world.clock.freeze();
  });
  afterAll(async () => {
    await running.lk?.close();
    mock.server.close();
  });
  return {
    get lk() {
      return lk();
    },
    mock,
    ask: (path, sent = {}) => exchange(lk().url + path, { ...sent, headers: { authorization, ...sent.headers } }),
  };
}

function notStarted(): never {
  throw new Error('the emulator starts in beforeAll: use it inside tests');
}
