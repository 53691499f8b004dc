import { AsyncLocalStorage } from 'node:async_hooks';
import { Readable } from 'node:stream';

/**
 * Text, or bytes, made while it is sent: as fast as the reader takes it, and no further once he has gone. The socket pulls it, so
 * each piece is made in the scope (school, EntityManager) of whoever calls this.
 * @param onGone called when he has gone, even while the next piece is awaited
 */
export function textStream(pieces: AsyncGenerator<string | Buffer>, onGone: () => void = () => undefined): Readable {
  const within = AsyncLocalStorage.snapshot();
  const scoped: AsyncIterableIterator<string | Buffer> = {
    [Symbol.asyncIterator]: () => scoped,
    next: () => within(() => pieces.next()),
    return: () => {
      onGone();
      return within(() => pieces.return(undefined));
    },
  };
  return Readable.from(scoped, { objectMode: false });
}
