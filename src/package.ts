import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the project: this file is one level below it, as source and in the bundle. */
export const root: string = dirname(import.meta.dirname);

export const migrationsFolder: string = join(root, 'migrations');
/** Of a PostgreSQL that several processes share. */
export const postgresMigrationsFolder: string = join(root, 'migrations', 'postgres');
export const openapiFolder: string = join(root, 'openapi');

/** The version of this package. */
export function readVersion(): string {
  const { version }: { readonly version: string } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return version;
}
