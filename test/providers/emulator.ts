import * as support from '../support/emulator.ts';

export { epoch, type TestEmulator, type TestOptions } from '../support/emulator.ts';

/** `startTestEmulator` with every provider there is: for the tests of the providers themselves. */
export function startTestEmulator(options: support.TestOptions = {}): Promise<support.TestEmulator> {
  return support.startTestEmulator({ ...options, providers: 'all' });
}

/** `emulatorForTests` with every provider there is: for the tests of the providers themselves. */
export function emulatorForTests(options: support.TestOptions = {}): support.TestEmulator {
  return support.emulatorForTests({ ...options, providers: 'all' });
}
