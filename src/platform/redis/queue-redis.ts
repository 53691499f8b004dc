import type { OnApplicationShutdown } from '@nestjs/common';
import { EndingRedis } from './ending-redis.js';
import type { redisOptions } from './redis-options.js';

type RedisSettings = ReturnType<typeof redisOptions> & { readonly connectionName?: string };

const patienceMs = 2_000;

/** The connection of the queues, of which BullMQ makes copies for its workers. */
export class QueueRedis extends EndingRedis implements OnApplicationShutdown {
  private readonly copies: QueueRedis[] = [];

  constructor(private readonly settings: RedisSettings) {
    super(settings);
  }

  override duplicate(changes?: Pick<RedisSettings, 'connectionName'>) {
    const copy = new QueueRedis({ ...this.settings, ...changes });
    this.copies.push(copy);
    // Its type follows from options that BullMQ does not change.
    return copy as never;
  }

  /** Ends at once where BullMQ would wait until Redis says goodbye. */
  override async quit(): Promise<'OK'> {
    if (this.status !== 'ready') this.disconnect();
    else await this.untilTold(super.quit()).catch(() => this.disconnect());
    return 'OK';
  }

  /**
   * Waits for what Redis is still told on the way out. One that does not answer is not waited for: what it holds comes due again
   * from SQL.
   */
  async untilTold<T>(telling: Promise<T>): Promise<T> {
    const timer = setTimeout(() => this.cut(), patienceMs);
    return telling.finally(() => clearTimeout(timer));
  }

  onApplicationShutdown(): void {
    this.cut();
  }

  private cut(): void {
    for (const each of [this, ...this.copies]) if (each.status !== 'end') each.disconnect();
  }
}
