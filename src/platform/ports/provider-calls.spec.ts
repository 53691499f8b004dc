import { describe, expect, it, jest } from '@jest/globals';
import { once } from 'node:events';
import { connect } from 'node:net';
import { Worker } from 'node:worker_threads';
import { Metrics } from '../observability/metrics/metrics.js';
import { ProviderCalls, type ProviderCall } from './provider-calls.js';
import { ProviderTimeout, ProviderUnavailable } from './provider-errors.js';

class Outage extends Error {}

const call = (overrides: Partial<ProviderCall<string>>): ProviderCall<string> => ({
  provider: 'acme',
  operation: 'send',
  repeatable: false,
  isOutage: (error) => error instanceof Outage,
  send: async () => 'done',
  ...overrides,
});

describe('ProviderCalls', () => {
  it('repeats a repeatable call after an outage', async () => {
    const send = jest.fn<ProviderCall<string>['send']>().mockRejectedValueOnce(new Outage()).mockResolvedValue('done');
    await expect(new ProviderCalls(new Metrics()).run(call({ repeatable: true, send }))).resolves.toBe('done');
    expect(send).toHaveBeenCalledTimes(2);
  });

  it('never repeats a call that might act twice', async () => {
    const send = jest.fn<ProviderCall<string>['send']>().mockRejectedValue(new Outage());
    await expect(new ProviderCalls(new Metrics()).run(call({ send }))).rejects.toThrow(Outage);
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('takes a refusal for an answer', async () => {
    const send = jest.fn<ProviderCall<string>['send']>().mockRejectedValue(new Error('declined'));
    await expect(new ProviderCalls(new Metrics()).run(call({ repeatable: true, send }))).rejects.toThrow('declined');
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('gives up when the provider stays silent, and tells the call so', async () => {
    let aborted = false;
    const send = (signal: AbortSignal) =>
      new Promise<string>(() => signal.addEventListener('abort', () => (aborted = true)));
    await expect(new ProviderCalls(new Metrics()).run(call({ timeoutMs: 20, send }))).rejects.toThrow(ProviderTimeout);
    expect(aborted).toBe(true);
  });

  it('takes an answer that came in time although the process itself was busy meanwhile', async () => {
    const hasAnswered = new Int32Array(new SharedArrayBuffer(4));
    const echoes = new Worker(
      `const { parentPort, workerData } = require('node:worker_threads');
      const server = require('node:net').createServer((socket) => socket.on('data', (data) => socket.write(data, () => {
        Atomics.store(workerData, 0, 1);
        Atomics.notify(workerData, 0);
      })));
      server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));`,
      { eval: true, workerData: hasAnswered },
    );
    const [port] = (await once(echoes, 'message')) as [number];
    const socket = connect(port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      const timeoutMs = 100;
      const send = async () => {
        const answer = once(socket, 'data');
        socket.write('done');
        setImmediate(() => {
          Atomics.wait(hasAnswered, 0, 0);
          // Busy until the time is over, too.
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, timeoutMs);
        });
        return String((await answer)[0]);
      };
      await expect(new ProviderCalls(new Metrics()).run(call({ timeoutMs, send }))).resolves.toBe('done');
    } finally {
      socket.destroy();
      await echoes.terminate();
    }
  });

  it('does not ask a provider that keeps failing', async () => {
    const calls = new ProviderCalls(new Metrics());
    const failing = call({ send: () => Promise.reject(new Outage()) });
    for (let time = 0; time < 5; time++) await expect(calls.run(failing)).rejects.toThrow(Outage);
    await expect(calls.run(call({}))).rejects.toThrow(ProviderUnavailable);
    await expect(calls.run(call({ provider: 'other' }))).resolves.toBe('done');
  });
});
