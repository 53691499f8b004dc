/** One database and one queue prefix per worker (test/support/services.ts); how modules are read: test/runner. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/sandbox', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  testRunner: '<rootDir>/test/runner/native-modules.mjs',
  // Node reads what is tested.
  transform: {},
  globalSetup: '<rootDir>/test/support/run-folder.mjs',
  globalTeardown: '<rootDir>/test/support/remove-run-folder.mjs',
  workerIdleMemoryLimit: '2GB',
  // For what hangs: a busy machine takes several times as long as an idle one.
  testTimeout: 120_000,
};
