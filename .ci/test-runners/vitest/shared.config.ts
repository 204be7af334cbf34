/// <reference types="latchkey/vitest/global-setup" />
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['*.shared.ts'],
    globalSetup: 'latchkey/vitest/global-setup',
    provide: { latchkey: { providers: ['rockset'] } },
  },
});
