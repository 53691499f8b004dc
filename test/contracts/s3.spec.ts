import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type S3Fault, S3Server } from '../../sandbox/s3/s3-server.js';
import { S3FileStore } from '../../src/integrations/s3/s3-file-store.js';
import { Metrics } from '../../src/platform/observability/metrics/metrics.js';
import { ProviderCalls } from '../../src/platform/ports/provider-calls.js';
import { newId } from '../../src/platform/values/id.js';
import { fileStoreContract } from './file-store.contract.js';

const keys = { accessKeyId: 'sandbox', secretAccessKey: 'sandbox-secret' };
const s3 = new S3Server('papers', keys);
let endpoint: string;

beforeAll(async () => {
  endpoint = await s3.listen();
});
afterAll(() => s3.close());

const config = () =>
  ({ store: 's3', bucket: 'papers', region: 'eu-north-1', endpoint, pathStyle: true, ...keys }) as const;
// A new one each time, whose circuit breaker has not met the faults of the test before.
const store = (changed: object = {}) => new S3FileStore({ ...config(), ...changed }, new ProviderCalls(new Metrics()));
const key = () => ({ schoolId: newId(), fileId: newId() });
const content = (words: string) => Readable.from([Buffer.from(words)]);

fileStoreContract('S3', () => ({
  store,
  lying: async () => s3.objects.size + s3.uploads.size,
}));

describe('S3', () => {
  it.each<S3Fault>(['error_500', 'slow_down', 'hangs_up'])('asks again to read and delete after %s', async (fault) => {
    const at = key();
    await store().put(at, content('paper'), 'text/plain');
    s3.breakNext(fault);
    expect(await text(await store().read(at))).toBe('paper');
    s3.breakNext(fault);
    await store().delete(at);
    expect(s3.objects.has(`${at.schoolId}/${at.fileId}`)).toBe(false);
  });

  it.each<S3Fault>(['error_500', 'slow_down', 'hangs_up'])('says that a put failed after %s', async (fault) => {
    const at = key();
    s3.breakNext(fault);
    await expect(store().put(at, content('paper'), 'text/plain')).rejects.toThrow();
    expect(s3.objects.has(`${at.schoolId}/${at.fileId}`)).toBe(false);
  });

  it('is refused with a wrong secret, key or bucket, and does not call that a missing file', async () => {
    const wrong = [{ secretAccessKey: 'other' }, { accessKeyId: 'other' }, { bucket: 'others' }];
    for (const each of wrong) {
      await expect(store(each).put(key(), content('x'), 'text/plain')).rejects.toThrow();
      await expect(store(each).read(key())).rejects.not.toThrow('the store has no file');
    }
  });
});
