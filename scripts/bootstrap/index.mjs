import { installDependencies } from './dependencies.mjs';
import { applicationRuntime } from './runtime.mjs';
import { startServices } from './services.mjs';

/**
 * What `npm start` and `npm test` need on a fresh clone: the locked dependencies, the Node that runs the application, a
 * database and a Redis. Options as of startServices.
 * @returns { runtime, services }
 */
export async function bootstrap(options) {
  await installDependencies(options.processes);
  return { runtime: applicationRuntime(), services: await startServices(options) };
}
