import { readdirSync } from 'node:fs';
import type { Provider } from '../http/provider.ts';

/**
 * Every provider there is: one per folder beside this file. A new one is a new folder and nothing else.
 * (A bundle has no folders to read: the build puts the list in this module's place.)
 */
export async function loadProviders(): Promise<Provider[]> {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const names = folders.map((folder) => folder.name).sort();
  return Promise.all(names.map(loadProvider));
}

async function loadProvider(name: string): Promise<Provider> {
  const module: { readonly default: Provider } = await import(`./${name}/index.ts`);
  return module.default;
}
