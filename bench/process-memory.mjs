// What the application's process holds in memory (Linux).
import { readFileSync } from 'node:fs';
import { heapLimits } from '../scripts/bootstrap/node-options.mjs';
import { reservePort } from '../scripts/bootstrap/ports.mjs';
import { processes, start } from './servers.mjs';

const application = 'dist/src/main.js';
const mebibyte = 1_048_576;
const probe = new URL('memory-probe.mjs', import.meta.url).href;

/**
 * Starts the application with the heap it has in earnest.
 * @returns its address, and a function that collects its garbage and tells what is left of its heap
 */
export async function startProbed(settings, path = '/health/ready') {
  const { port, release } = await reservePort(39_100, { label: 'the memory probe' });
  const options = { NODE_OPTIONS: `${heapLimits} --import=${probe}`, MEMORY_PROBE_PORT: String(port) };
  const url = await start(application, path, { ...settings, ...options });
  release();
  const heapMiB = async () => {
    const response = await fetch(`http://127.0.0.1:${port}`, { signal: AbortSignal.timeout(60_000) });
    return (await response.json()).heapUsed / mebibyte;
  };
  return { url, heapMiB };
}

export const rounded = (MiB) => Number(MiB.toFixed(1));

/** Of the application, as the kernel counts it. */
export function residentMiB() {
  const status = readFileSync(`/proc/${processes.pids()[application]}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1_024;
}
