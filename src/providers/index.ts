import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ProviderModule } from '../provider/provider.ts';

/**
 * Loads every provider: one for each folder beside this file. A new provider is a new folder and nothing else.
 * A bundle has no folders to read, so the build replaces this module by a list.
 */
export async function loadProviders(): Promise<ProviderModule[]> {
  const names = readdirSync(import.meta.dirname).filter((name) => existsSync(join(import.meta.dirname, name, 'index.ts')));
  return Promise.all(names.sort().map(loadProvider));
}

async function loadProvider(name: string): Promise<ProviderModule> {
  const module: { readonly default: ProviderModule } = await import(`./${name}/index.ts`);
  return module.default;
}
