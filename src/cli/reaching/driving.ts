import { connect } from '../../client/connect.ts';
import { LatchkeyError } from '../../client/error.ts';
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
} from '../../client/types.ts';
import { settings } from '../../config/settings.ts';
import { worldName } from '../../worlds/world-files.ts';
import { CommandError, type Options } from '../command.ts';
import { jsonOf } from './answer.ts';
import { type Place, placeOptions, urlOf } from './place.ts';
import { whyUnreached } from './unreached.ts';

/** The options of every command that reaches a running latchkey. */
export const reachingOptions = {
  ...placeOptions,
  'admin-token': { ...settings['admin-token'], isSetting: true, description: 'the admin token that it was started with' },
  json: { type: 'boolean', description: 'print JSON' },
} as const satisfies Options;

/** The options of every command that drives one of its worlds. */
export const drivingOptions = {
  ...reachingOptions,
  world: {
    type: 'string',
    description: 'a world other than the default one',
    problemOf: (value) =>
      worldName.test(value)
        ? undefined
        : `must be 1 to 63 lower-case letters, digits and dashes, with no dash at the start, not ${JSON.stringify(value)}`,
  },
} as const satisfies Options;

/** The values of the options of a command that reaches a running latchkey. */
export interface Reached extends Place {
  readonly 'admin-token': string | undefined;
  readonly world?: string | undefined;
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

/** The client of the latchkey and the world that are meant. Throws LatchkeyError, or CommandError if none answers. */
export async function open(options: Reached): Promise<DrivenLatchkey> {
  const url = urlOf(options);
  const { 'admin-token': adminToken, world } = options;
  try {
    // The world is part of the URL because its credentials may differ from those of the default world.
    return await connect(world === undefined ? url : `${url}/~${world}`, { adminToken });
  } catch (error) {
    if (error instanceof LatchkeyError && error.status === 0 && error.cause !== undefined) throw unreached(url, error.cause);
    throw error;
  }
}

/** A call of the control plane that concerns no world in particular. Throws CommandError if it is refused or cannot be made. */
export async function call<T extends object>(options: Reached, method: string, path: string, body?: object): Promise<T> {
  const url = urlOf(options);
  const token = options['admin-token'];
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const answer = await jsonOf<T>(`${url}/_latchkey${path}`, { method, headers, body }).catch((error: unknown) => {
    throw unreached(url, error);
  });
  if ('content' in answer) return answer.content;
  throw new CommandError(answer.refusal ?? `the server at ${url} is not a latchkey (status ${answer.status})`);
}

function unreached(url: string, cause: unknown): CommandError {
  return new CommandError(`nothing answers at ${url}: ${whyUnreached(url, cause)}`);
}
