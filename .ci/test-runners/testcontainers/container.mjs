// Testcontainers' real classes, without a container engine: checks what would be started, and that starting it fails with a clear error.
import assert from 'node:assert/strict';
import { LatchkeyContainer } from 'latchkey/testcontainers';
import { GenericContainer } from 'testcontainers';

class Looked extends LatchkeyContainer {
  look() {
    return { image: this.imageName.string, environment: this.environment, ports: this.exposedPorts, files: this.filesToCopy };
  }
}

const container = new Looked('latchkey:1')
  .withClock('2030-01-01T00:00:00Z')
  .withProviders('rockset')
  .withProfile('rockset', '2023')
  .withSeedFile('container.mjs')
  .withAdminToken('t')
  .withTls();
assert.ok(container instanceof GenericContainer);
assert.deepEqual(container.look(), {
  image: 'latchkey:1',
  environment: {
    LATCHKEY_CLOCK: '2030-01-01T00:00:00Z',
    LATCHKEY_PROVIDERS: 'rockset',
    LATCHKEY_ROCKSET_PROFILE: '2023',
    LATCHKEY_SEED: '/tmp/container.mjs',
    LATCHKEY_ADMIN_TOKEN: 't',
    LATCHKEY_TLS: 'self-signed',
  },
  ports: [5282, 5283],
  files: [{ source: 'container.mjs', target: '/tmp/container.mjs' }],
});
