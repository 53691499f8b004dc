/*
 * npm test [-- jest's arguments]: all tests, on servers of their own. VENDOR_SPECS, when set, reaches the contract tests.
 */
import { runWithServices } from './bootstrap/temporary-services.mjs';

const options = process.argv.slice(2);
const nodeOptions = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
const workers = options.some((option) => /^(-w|-i|--maxWorkers|--runInBand)/.test(option)) ? [] : ['--maxWorkers=2'];

process.exit(await runWithServices((runtime) => [runtime, ...nodeOptions, 'node_modules/jest/bin/jest.js', ...workers, ...options]));
