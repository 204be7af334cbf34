import { DatabaseError, StorageError } from '../core/world-store.ts';

/** A world that cannot be opened, made or dropped. */
export class WorldError extends Error {
  override readonly name = 'WorldError';
  readonly code:
    | 'world_name_invalid'
    | 'world_limit_reached'
    | 'world_not_found'
    | 'world_exists'
    | 'world_in_use'
    | 'world_is_default'
    | 'world_unusable'
    | 'world_closed';

  constructor(code: WorldError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** What is wrong with the files of a world as an error of worlds; any other error as it is. */
export function asWorldError(error: unknown): unknown {
  const isUnusable = error instanceof DatabaseError || error instanceof StorageError;
  return isUnusable ? new WorldError('world_unusable', error.message, { cause: error }) : error;
}

export function worldExists(name: string): WorldError {
  return new WorldError('world_exists', `The world ${name} exists already.`);
}

export function worldNotFound(name: string): WorldError {
  return new WorldError('world_not_found', `There is no world ${name}.`);
}

export function closing(): WorldError {
  return new WorldError('world_closed', 'latchkey is stopping, so it opens no world any more.');
}

export function badName(name: string): WorldError {
  return new WorldError(
    'world_name_invalid',
    `${JSON.stringify(name)} is not a valid name of a world: use 1 to 63 lower-case letters, digits and dashes, and no dash at the start.`,
  );
}
