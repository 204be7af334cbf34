import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openapiFolder } from '../../src/package.ts';

/** A call of the control plane, as its document lists it. */
export interface ControlOperation {
  readonly id: string;
  readonly method: string;
  /** Below `/_latchkey`, in OpenAPI's form. */
  readonly path: string;
  /** Names of the query parameters. */
  readonly query: readonly string[];
  /** A body that the call reads; undefined if it takes no body. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

/** A body for each call that takes one: it is accepted, apart from references to what is not there. */
const bodies: Readonly<Record<string, object>> = {
  setClock: { now: '2031-01-01T00:00:00Z' },
  advanceClock: { by: '1h' },
  setClockToEdge: { key: 'k1', event: 'expiry', offset: '-1ms' },
  issueKey: { provider: 'rockset', owner: 'member@me.com', name: 'ci' },
  introspect: { secret: 'nothing', provider: 'rockset' },
  addFault: { match: { provider: 'rockset' }, effect: { status: 503 }, ttl: '1s' },
  reset: { to: 'seed' },
  createWorld: { seed: {} },
};

const document: {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly operationId: string;
            readonly parameters?: readonly { readonly name: string; readonly in: string }[];
            readonly requestBody?: object;
          }
        >
      >
    >
  >;
} = JSON.parse(readFileSync(join(openapiFolder, 'control.json'), 'utf8'));

/** Every call of the control plane's document. */
export const controlOperations: readonly ControlOperation[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { operationId, parameters = [], requestBody }]) => ({
    id: operationId,
    method: method.toUpperCase(),
    path,
    query: parameters.filter((one) => one.in === 'query').map(({ name }) => name),
    body: requestBody === undefined ? undefined : Object(bodies[operationId] ?? unknownBody(operationId)),
  })),
);

function unknownBody(operationId: string): never {
  throw new Error(`test/control/operations.ts needs a body for ${operationId}`);
}
