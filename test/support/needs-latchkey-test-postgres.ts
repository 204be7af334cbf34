import { test } from 'vitest';

// Vitest prints the name of this file, in the place of the tests that are skipped.
test.skip('test/replicas: LATCHKEY_TEST_POSTGRES is not set; `bash .ci/postgres` starts a PostgreSQL and sets it', () =>
  undefined);
