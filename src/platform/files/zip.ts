import { Zip, ZipDeflate } from 'fflate';
import type { Readable } from 'node:stream';

export interface ZipEntry {
  readonly name: string;
  readonly content: () => Promise<Readable>;
}

/** A ZIP file, packed as it is read: never more of it in memory than a piece. */
export async function* zipped(entries: Iterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  const packed: Uint8Array[] = [];
  const zip = new Zip((error, piece) => {
    if (error) throw error;
    packed.push(piece);
  });
  for (const { name, content } of entries) {
    const file = new ZipDeflate(name);
    zip.add(file);
    for await (const piece of (await content()) as AsyncIterable<Buffer>) {
      file.push(piece);
      yield* packed.splice(0);
    }
    file.push(new Uint8Array(0), true);
  }
  zip.end();
  yield* packed;
}
