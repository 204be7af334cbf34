import { connect } from '../client/connect.ts';
import type {
  Introspection,
  IssuedKey,
  JournalEntry,
  Key,
  KeyDescription,
  KeyFilter,
  Latchkey,
  OperationId,
  ProviderName,
  RequestFilter,
} from '../client/types.ts';
import type { Environment, Options } from './command.ts';

/** The options of every command that reaches a running latchkey. */
export const reachingOptions = {
  url: {
    type: 'string',
    hasVariable: true,
    description: 'base URL of the running latchkey: by default http://127.0.0.1:5282, or the port of LATCHKEY_PORT',
  },
  'admin-token': { type: 'string', hasVariable: true, description: 'the admin token that it was started with' },
  json: { type: 'boolean', description: 'print JSON' },
} as const satisfies Options;

/** The options of every command that drives one of its worlds. */
export const drivingOptions = {
  ...reachingOptions,
  world: { type: 'string', description: 'a world other than the default one' },
} as const satisfies Options;

/** The values of these options. */
export interface Reached {
  readonly url: string | undefined;
  readonly 'admin-token': string | undefined;
  readonly world?: string | undefined;
}

/** The base URL that is meant. */
export function urlOf({ url }: Pick<Reached, 'url'>, env: Environment): string {
  return url ?? `http://127.0.0.1:${env['LATCHKEY_PORT'] || 5282}`;
}

/** A filter or a description whose names come from arguments: the latchkey that is asked checks them. */
export type Unchecked<T> = {
  readonly [Name in keyof T]: T[Name] extends ProviderName | OperationId | undefined ? string : T[Name];
};

/** The client as commands use it. */
export interface DrivenLatchkey extends Latchkey {
  readonly keys: Latchkey['keys'] & {
    list(filter?: Unchecked<KeyFilter>): Promise<readonly Key[]>;
    issue(description: Unchecked<KeyDescription>): Promise<IssuedKey>;
  };
  requests(filter?: Unchecked<RequestFilter>): Promise<readonly JournalEntry[]>;
  introspect(secret: string, provider?: string): Promise<Introspection>;
}

/** The client of the latchkey and the world that are meant. Throws LatchkeyError if none answers. */
export async function open(options: Reached, env: Environment): Promise<DrivenLatchkey> {
  const url = urlOf(options, env);
  const { 'admin-token': adminToken, world } = options;
  // The world is part of the URL because its credentials may differ from those of the default world.
  return connect(world === undefined ? url : `${url.replace(/\/+$/, '')}/~${world}`, { adminToken });
}
