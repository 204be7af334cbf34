import { dirname, join } from 'node:path';

/** The project's own folder: this file lies one level below it, as source and in the bundle. */
export const root: string = dirname(import.meta.dirname);

export const migrationsFolder: string = join(root, 'migrations');
export const openapiFolder: string = join(root, 'openapi');
export const packageFile: string = join(root, 'package.json');
