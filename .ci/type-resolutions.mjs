// Compiles a use of each entry of the packed package in each way in which TypeScript resolves modules, without `skipLibCheck` and
// with `lib: es2022`. vitest's own types do not compile under node10, and for CommonJS not under node16.
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { install, removeScratch, run, scratch } from './scratch-projects.mjs';

// The last compiler that has node10, which is ts-jest's default.
const packages = [
  'typescript@5.9.3',
  '@types/node@24.19.2',
  '@types/jest@30.0.0',
  'jest@30.5.2',
  '@jest/globals@30.5.2',
  'vitest@5.1.1',
];
const resolutions = [
  { type: 'commonjs', module: 'commonjs', moduleResolution: 'node10' },
  { type: 'commonjs', module: 'node16', moduleResolution: 'node16' },
  { type: 'commonjs', module: 'nodenext', moduleResolution: 'nodenext' },
  { type: 'module', module: 'nodenext', moduleResolution: 'nodenext' },
  { type: 'module', module: 'esnext', moduleResolution: 'bundler' },
];
/** A use of Jest's global functions needs their types; one of `@jest/globals` must do without. */
const uses = [
  { files: ['library', 'node-test', 'testcontainers', 'jest-globals'], types: 'node' },
  { files: ['jest-types'], types: 'node,jest' },
  { files: ['vitest'], types: 'node', only: ['nodenext', 'bundler'] },
];

try {
  const [{ filename }] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', scratch]));
  const folder = install('types', [join(scratch, filename), 'testcontainers@12.2.0', ...packages]);
  cpSync(join('.ci', 'type-resolutions'), folder, { recursive: true });
  for (const { type, module, moduleResolution } of resolutions) {
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ type }));
    const resolving = ['--module', module, '--moduleResolution', moduleResolution, '--esModuleInterop'];
    for (const { files, types, only } of uses) {
      if (only !== undefined && !only.includes(moduleResolution)) continue;
      const names = files.map((name) => `${name}.ts`);
      const checking = [
        '--noEmit',
        '--strict',
        '--skipLibCheck',
        'false',
        '--target',
        'es2022',
        '--lib',
        'es2022',
        '--types',
        types,
      ];
      run('npx', ['tsc', ...checking, ...resolving, ...names], folder);
    }
    console.log(`${moduleResolution}, ${type}: every entry compiles`);
  }
} finally {
  removeScratch();
}
