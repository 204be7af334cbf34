import { test } from 'latchkey/vitest';
import { expect } from 'vitest';

for (const name of ['one', 'other']) {
  test(`the clock of the ${name} test is nobody else's`, async ({ latchkey }) => {
    const { offsetMs } = await latchkey.clock.read();
    expect(offsetMs).toBe(0);
    expect((await latchkey.clock.advance('9000h')).offsetMs).toBe(32_400_000_000);
  });
}
