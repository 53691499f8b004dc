import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { RequestTooLarge } from '../http/request-problems.js';

export interface Measure {
  readonly bytes: number;
  readonly sha256: Buffer;
}

/** Content on its way, with its length and hash once it has passed. It fails when there is more than `maxBytes` of it. */
export function measured(content: Readable, maxBytes = Infinity): { content: Readable; measure: () => Measure } {
  const hash = createHash('sha256');
  let bytes = 0;
  async function* pass(): AsyncGenerator<Buffer> {
    for await (const chunk of content as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw new RequestTooLarge();
      hash.update(chunk);
      yield chunk;
    }
  }
  return {
    content: Readable.from(pass(), { objectMode: false }),
    measure: () => ({ bytes, sha256: hash.digest() }),
  };
}
