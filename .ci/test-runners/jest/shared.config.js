module.exports = {
  testMatch: ['**/*.shared.js'],
  globalSetup: 'latchkey/jest/global-setup',
  globals: { latchkey: { providers: ['rockset'] } },
};
