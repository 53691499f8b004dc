import { fileTypeFromBuffer } from 'file-type';
import { Readable } from 'node:stream';

// What file-type wants to see of a file at most.
const headBytes = 4_100;

export interface Sniffed {
  /** Null when the bytes are of no type that can be told. */
  readonly mediaType: string | null;
  /** The whole content, its beginning included. */
  readonly content: Readable;
}

/** Tells the type of content from its first bytes, whatever its sender calls it. */
export async function sniff(content: Readable): Promise<Sniffed> {
  const chunks = (content as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  const head = await firstBytes(chunks);
  const type = await fileTypeFromBuffer(head);
  return { mediaType: type?.mime ?? null, content: Readable.from(joined(head, chunks), { objectMode: false }) };
}

async function firstBytes(chunks: AsyncIterator<Buffer>): Promise<Buffer> {
  const head: Buffer[] = [];
  for (let length = 0; length < headBytes; length += head.at(-1)!.length) {
    const { value, done } = await chunks.next();
    if (done) break;
    head.push(value);
  }
  return Buffer.concat(head);
}

async function* joined(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield head;
  yield* { [Symbol.asyncIterator]: () => rest };
}
