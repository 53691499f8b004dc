import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { LocalFileStore } from '../../src/integrations/local-files/local-file-store.js';
import { newId } from '../../src/platform/values/id.js';
import { fileStoreContract } from './file-store.contract.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'jd-files-'));
});
afterAll(() => rm(folder, { recursive: true }));

const files = async () =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));

fileStoreContract('A folder', () => ({
  store: () => new LocalFileStore({ folder }),
  lying: async () => (await files()).length,
}));

describe('A folder', () => {
  it('shows its files to the application’s user alone', async () => {
    await new LocalFileStore({ folder }).put({ schoolId: newId(), fileId: newId() }, Readable.from(['private']));
    for (const file of await files()) expect((await stat(file)).mode & 0o077).toBe(0);
  });
});
