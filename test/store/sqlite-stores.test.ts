import { migrationsFolder } from '../../src/package.ts';
import { SqliteWorldStore } from '../../src/store/sqlite-world-store.ts';
import { keyStoreConformance } from './key-store-conformance.ts';
import { resourceStoreConformance } from './resource-store-conformance.ts';
import { scratchFolder } from './scratch-folder.ts';
import { worldInMemory } from './world-in-memory.ts';

const pathOf = scratchFolder();
let files = 0;
const worldInFile = () => new SqliteWorldStore(pathOf(`world-${files++}.sqlite`), migrationsFolder);

keyStoreConformance('SQLite in memory', worldInMemory);
keyStoreConformance('SQLite in a file', worldInFile);
resourceStoreConformance('SQLite in memory', worldInMemory);
resourceStoreConformance('SQLite in a file', worldInFile);
