// Application and floors, each started when the first comparison needs it.
import { start } from './servers.mjs';

const floor = 'bench/floors/fastify-mysql2.mjs';

/** @returns a function for each contender that starts it once and gives its address */
export function contenders({ urls }, environment) {
  const once = (script, path, env = {}) => {
    let address;
    return () => (address ??= start(script, path, { ...environment, ...env }));
  };
  return {
    app: once('dist/src/main.js', '/health/live', { DATABASE_URL: urls.app }),
    /** Writes to a database of its own, so that neither carries the other's rows. */
    floor: once(floor, '/hello', { DATABASE_URL: urls.floor }),
    /** Asks the application's database. */
    reader: once(floor, '/hello', { DATABASE_URL: urls.app }),
    fewTrips: once(floor, '/hello', { DATABASE_URL: urls.floor, FLOOR_TRIPS: 'few' }),
    prepared: once(floor, '/hello', { DATABASE_URL: urls.app, FLOOR_TRIPS: 'prepared' }),
    nest: once('bench/floors/nest-hello.mjs', '/hello'),
  };
}
