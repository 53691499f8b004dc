import { describe, expect, it } from '@jest/globals';
import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { textStream } from './text-stream.js';

const scope = new AsyncLocalStorage<string>();

/** Pieces of 10,000 characters without end, and what became of them. */
function pieces() {
  const made = { count: 0, ended: false, scopes: new Set<string | undefined>() };
  async function* make(): AsyncGenerator<string> {
    try {
      for (;;) {
        made.count++;
        made.scopes.add(scope.getStore());
        yield 'x'.repeat(10_000);
      }
    } finally {
      made.ended = true;
    }
  }
  return { made, make };
}

async function settled(): Promise<void> {
  for (let i = 0; i < 100; i++) await turn();
}

describe('text that is made while it is sent', () => {
  it('is made no faster than it is taken', async () => {
    const { made, make } = pieces();
    const stream = textStream(make());
    stream.read(0);
    await settled();
    const ahead = made.count;
    expect(ahead).toBeLessThan(20);
    for (let i = 0; i < 5; i++) stream.read(10_000);
    await settled();
    expect(made.count).toBeLessThanOrEqual(ahead + 6);
    stream.destroy();
  });

  it('is made no further once the reader has gone', async () => {
    const { made, make } = pieces();
    const stream = textStream(make());
    stream.read(0);
    await settled();
    stream.destroy();
    await once(stream, 'close');
    await settled();
    expect(made.ended).toBe(true);
  });

  it('is made in the scope it was asked for in, whoever takes it', async () => {
    const { made, make } = pieces();
    const stream = scope.run('school', () => textStream(make()));
    await scope.run('socket', async () => {
      for (let i = 0; i < 10; i++) {
        stream.read();
        await settled();
      }
    });
    stream.destroy();
    expect([...made.scopes]).toEqual(['school']);
  });
});
