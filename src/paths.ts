import { dirname, join } from 'node:path';

/** The project's own folder: this file lies one level below it, as source and in the bundle. */
const projectRoot = dirname(import.meta.dirname);

export const migrationsFolder: string = join(projectRoot, 'migrations');
export const openapiFolder: string = join(projectRoot, 'openapi');
export const packageFile: string = join(projectRoot, 'package.json');
