/** Jest on ESM: swc compiles, one database and one queue prefix per worker (test/support/services.ts). */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/sandbox', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  // Its own files first: each import of another one would be looked for under four other names.
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        // .swcrc is the build's and leaves the specs out.
        swcrc: false,
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          keepClassNames: true,
        },
        module: { type: 'es6' },
        // Beside the code: read only where a stack is told.
        sourceMaps: true,
      },
    ],
  },
  globalSetup: '<rootDir>/test/support/run-folder.mjs',
  globalTeardown: '<rootDir>/test/support/remove-run-folder.mjs',
  setupFiles: ['<rootDir>/test/support/same-day.mjs', '<rootDir>/test/support/preload.ts'],
  workerIdleMemoryLimit: '2GB',
  testTimeout: 60_000,
};
