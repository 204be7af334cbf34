import { test } from 'latchkey/vitest';
import { expect } from 'vitest';

for (const name of ['one', 'other']) {
  test(`the ${name} test has a clock of its own`, async ({ latchkey }) => {
    const { offsetMs } = await latchkey.clock.read();
    expect(offsetMs).toBe(0);
    expect((await latchkey.clock.advance('9000h')).offsetMs).toBe(32_400_000_000);
  });
}
