import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { type ClamdMood, ClamdServer, EICAR } from '../../sandbox/clamd/clamd-server.js';
import { ClamdScanner } from '../../src/integrations/clamd/clamd-scanner.js';
import { Metrics } from '../../src/platform/observability/metrics/metrics.js';
import { ProviderCalls } from '../../src/platform/ports/provider-calls.js';

const clamd = new ClamdServer();
let port: number;

beforeAll(async () => {
  port = await clamd.listen();
});
beforeEach(() => {
  clamd.mood = 'well';
});
afterAll(() => clamd.close());

const scan = (content: Readable, at = port) =>
  new ClamdScanner({ scanner: 'clamd', host: '127.0.0.1', port: at }, new ProviderCalls(new Metrics())).scan(content);

describe('clamd', () => {
  it.each([0, 3, 200_000, 5_000_000])('finds nothing in %i harmless bytes', async (length) => {
    expect(await scan(Readable.from([randomBytes(length)]))).toBe('clean');
  });

  it('finds what is spread over many pieces', async () => {
    const pieces = [
      Buffer.alloc(100_000),
      ...EICAR.split('').map((letter) => Buffer.from(letter)),
      Buffer.alloc(100_000),
    ];
    expect(await scan(Readable.from(pieces))).toBe('infected');
  });

  it.each<ClamdMood>(['hangs_up', 'size_limit'])('gives no verdict when the daemon %s', async (mood) => {
    clamd.mood = mood;
    await expect(scan(Readable.from([randomBytes(1_000_000)]))).rejects.toThrow();
  });

  it('gives no verdict when nobody listens, or the content breaks', async () => {
    await expect(scan(Readable.from([Buffer.from('x')]), 1)).rejects.toThrow('ECONNREFUSED');
    const breaking = Readable.from(
      (function* () {
        yield Buffer.alloc(10);
        throw new Error('the disk broke');
      })(),
    );
    await expect(scan(breaking)).rejects.toThrow('the disk broke');
  });
});
