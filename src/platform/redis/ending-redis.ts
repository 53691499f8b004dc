import { Redis } from 'ioredis';

/**
 * A connection that ends when it is told to. ioredis, told so between two attempts to connect, attempts no more but never says that it
 * has ended: who waits for an answer or for its end waits for ever.
 */
export class EndingRedis extends Redis {
  override disconnect(reconnect = false): void {
    // Of one that has ended ioredis would wait two seconds for the end, and so would the process.
    if (this.status === 'end' && !reconnect) return;
    // As before the first attempt: that end is told.
    if (this.status === 'reconnecting' && !reconnect) this.status = 'wait';
    super.disconnect(reconnect);
  }
}
