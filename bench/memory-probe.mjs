/*
 * node --import ./bench/memory-probe.mjs <program>, with MEMORY_PROBE_PORT
 * Tells at that port what the program's heap holds after a garbage collection: the sawtooth between two of V8's own hides a leak.
 */
import { createServer } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

createServer((_request, response) => {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  response.end(JSON.stringify({ heapUsed, external }));
})
  .listen(Number(process.env.MEMORY_PROBE_PORT), '127.0.0.1')
  .unref();
