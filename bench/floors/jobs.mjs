// Bare BullMQ: one job a message, added one by one or in hundreds, and done by a function that does nothing.
import { Queue, Worker } from 'bullmq';
import { createServer } from 'node:http';

const { hostname, port, username, password, pathname } = new URL(process.env.REDIS_URL);
const connection = {
  host: hostname,
  port: Number(port || 6379),
  ...(username && { username }),
  ...(password && { password }),
  db: Number(pathname.slice(1) || 0),
  maxRetriesPerRequest: null,
};
const prefix = `${process.env.REDIS_PREFIX}-bare`;
const defaultJobOptions = { attempts: 1, removeOnComplete: true, removeOnFail: true };
const queue = new Queue('messages', { connection, prefix, defaultJobOptions });
const worker = new Worker('messages', async () => {}, { connection, prefix, concurrency: 20 });

/** @returns jobs a second, from the first that is added to the last that is done */
async function perSecond(count, atOnce) {
  const allDone = nthDone(count);
  const began = performance.now();
  for (let from = 0; from < count; from += 100) {
    const jobs = Array.from({ length: Math.min(100, count - from) }, (_, index) => ({
      name: 'message',
      data: { messageId: `${from + index}` },
    }));
    if (atOnce) await queue.addBulk(jobs);
    else await Promise.all(jobs.map(({ name, data }) => queue.add(name, data)));
  }
  await allDone;
  return (count / (performance.now() - began)) * 1_000;
}

/** When so many jobs more have been done. */
function nthDone(count) {
  return new Promise((resolve) => {
    let left = count;
    const oneDone = () => {
      left -= 1;
      if (left > 0) return;
      worker.off('completed', oneDone);
      resolve();
    };
    worker.on('completed', oneDone);
  });
}

createServer(async ({ url }, response) => {
  const asked = new URL(url, 'http://floor').searchParams;
  const count = Number(asked.get('count') ?? 0);
  response.end(JSON.stringify({ perSecond: count > 0 ? await perSecond(count, asked.get('add') === 'bulk') : 0 }));
}).listen(Number(process.env.PORT), '127.0.0.1');
