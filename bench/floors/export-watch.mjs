// How long a piece of work takes, and how far the process grows above what it was before.
import { setTimeout as sleep } from 'node:timers/promises';

const mib = (bytes) => Math.round(bytes / 1_048_576);

/** @param work answers how many lines it wrote */
export async function watched(work) {
  globalThis.gc?.();
  await sleep(500);
  const idle = process.memoryUsage.rss();
  let peak = idle;
  const look = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20);
  const began = performance.now();
  const lines = await work();
  const seconds = (performance.now() - began) / 1_000;
  clearInterval(look);
  return { lines, seconds, mib: mib(peak - idle) };
}
