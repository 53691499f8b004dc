/*
 * npm test [-- jest's arguments]: all tests, on servers of their own. VENDOR_SPECS, when set, reaches the contract tests.
 */
import { runWithServices } from './bootstrap/temporary-services.mjs';

const options = process.argv.slice(2);
// Named, because Jest without its settings takes this very file for a test and starts itself without end.
const jest = ['node_modules/jest/bin/jest.js', '--config', 'jest.config.mjs'];
const workers = options.some((option) => /^(-w|-i|--maxWorkers|--runInBand)/.test(option)) ? [] : ['--maxWorkers=2'];

if (process.env.JEST_WORKER_ID) throw new Error('A test must not start all tests.');
process.exit(await runWithServices((runtime) => [runtime, ...jest, ...workers, ...options]));
