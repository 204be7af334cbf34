import { readFileSync } from 'node:fs';
import { packageFile } from './paths.ts';

/** The version of this package. */
export function readVersion(): string {
  const { version }: { readonly version: string } = JSON.parse(readFileSync(packageFile, 'utf8'));
  return version;
}
