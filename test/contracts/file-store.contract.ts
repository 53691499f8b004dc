import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { FileMissing, type FileKey, type FileStore } from '../../src/platform/files/file-store.js';
import { newId } from '../../src/platform/values/id.js';

/** What a contract needs to know of an adapter and of where it keeps its files. */
export interface FileStoreUnderTest {
  readonly store: () => FileStore;
  /** How many files lie there, halves and drafts included. */
  readonly lying: () => Promise<number>;
}

const key = (): FileKey => ({ schoolId: newId(), fileId: newId() });
const pdf = 'application/pdf';

/** What every FileStore promises, wherever it keeps the bytes. */
export function fileStoreContract(name: string, setup: () => FileStoreUnderTest): void {
  describe(`${name} keeps the contract of FileStore`, () => {
    const put = (at: FileKey, content: Buffer | Readable) =>
      setup()
        .store()
        .put(at, Buffer.isBuffer(content) ? inPieces(content) : content, pdf);
    const read = async (at: FileKey) => buffer(await setup().store().read(at));

    it.each([0, 1, 70_000, 12 * 1024 * 1024])('gives back the %i bytes it was given', async (length) => {
      const content = randomBytes(length);
      const at = key();
      await put(at, content);
      expect((await read(at)).equals(content)).toBe(true);
    });

    it('knows the same file at two schools apart', async () => {
      const [one, other] = [key(), key()];
      await put(one, Buffer.from('one'));
      await put({ ...one, schoolId: other.schoolId }, Buffer.from('other'));
      expect(String(await read(one))).toBe('one');
    });

    it('replaces what is there', async () => {
      const at = key();
      await put(at, Buffer.from('first'));
      await put(at, Buffer.from('second'));
      expect(String(await read(at))).toBe('second');
    });

    it.each([100, 11 * 1024 * 1024])('keeps nothing of content that breaks after %i bytes', async (length) => {
      const before = await setup().lying();
      const at = key();
      await expect(put(at, Readable.from(breaking(length)))).rejects.toThrow('the line broke');
      await expect(setup().store().read(at)).rejects.toThrow(FileMissing);
      expect(await setup().lying()).toBe(before);
    });

    it('deletes, and does not mind deleting twice', async () => {
      const at = key();
      await put(at, Buffer.from('gone'));
      await setup().store().delete(at);
      await setup().store().delete(at);
      await expect(setup().store().read(at)).rejects.toThrow(FileMissing);
    });
  });
}

function inPieces(content: Buffer): Readable {
  function* pieces() {
    for (let at = 0; at < content.length; at += 65_536) yield content.subarray(at, at + 65_536);
  }
  return Readable.from(pieces(), { objectMode: false });
}

function* breaking(length: number) {
  for (let sent = 0; sent < length; sent += 50_000) yield Buffer.alloc(50_000);
  throw new Error('the line broke');
}
