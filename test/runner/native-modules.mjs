/*
 * Jest's own circus on Node's module system: a worker reads the application once for all its files. Jest's module system gives
 * each file a copy of every module; nothing here mocks modules, and the reading took longer than most of the tests.
 */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { beginTheDay, endTheDay } from '../support/same-day.mjs';
import { forget } from './forget.mjs';
import { offer } from './globals.mjs';
import './typescript.mjs';

const require = createRequire(import.meta.url);
const { default: runWithCircus } = require('jest-circus/runner');
const load = (path) => import(pathToFileURL(path).href);

/** What circus asks of Jest's runtime. */
const nodesModules = {
  // Circus keeps its state in its module, and one file's tests must not be the next one's.
  requireInternalModule(path) {
    delete require.cache[path];
    delete globalThis[Symbol.for('EVENT_HANDLERS')];
    return require(path);
  },
  requireModule: (path) => require(path),
  unstable_shouldLoadAsEsm: () => true,
  unstable_importModule: load,
  enterTestCode() {},
  leaveTestCode() {},
};

/** Jest's `testRunner`, see https://jestjs.io/docs/configuration#testrunner-string */
export default async function runFile(globalConfig, config, environment, _runtime, testPath, sendMessageToJest) {
  // Node maps stacks to the sources; Jest's map knows only what Jest has read.
  process.setSourceMapsEnabled(true);
  Error.prepareStackTrace = undefined;
  const runtime = {
    ...nodesModules,
    setGlobalsForRuntime: (globals) => offer({ ...globals, jest: environment.moduleMocker }),
  };
  beginTheDay();
  try {
    return await runWithCircus(globalConfig, config, environment, runtime, testPath, sendMessageToJest);
  } finally {
    environment.moduleMocker.restoreAllMocks();
    endTheDay();
    forget();
  }
}
