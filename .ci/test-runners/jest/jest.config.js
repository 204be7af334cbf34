module.exports = {
  // ts-jest checks types. These are its own defaults without a tsconfig.json; the one here is for the other files.
  transform: {
    '^.+\\.ts$': [
      'ts-jest',
      { tsconfig: { strict: true, esModuleInterop: true, module: 'commonjs', moduleResolution: 'node10' } },
    ],
  },
};
