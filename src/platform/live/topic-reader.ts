import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { RedisConfig } from '../database/database.config.js';
import { EndingRedis } from '../redis/ending-redis.js';
import { RedisConnection } from '../redis/redis-connection.js';
import { redisOptions } from '../redis/redis-options.js';
import { entryOf, type LogEntry, TopicLog } from './topic-log.js';

const blockMs = 2_000;
const portion = 200;
const restMs = 500;

interface Listener {
  push(entry: LogEntry): void;
}

interface Topic {
  readonly name: string;
  readonly listeners: Set<Listener>;
  /** The last entry that was read; unknown until somebody has found out where to begin. */
  position?: string;
  /** The connection waits for it too. */
  isRead?: boolean;
}

/** Reads on in all topics that somebody in this process follows, with one connection that waits for all of them. */
@Injectable()
export class TopicReader implements BeforeApplicationShutdown {
  private readonly logger = new Logger(TopicReader.name);
  private readonly topics = new Map<string, Topic>();
  private client: EndingRedis | null = null;
  /** As the server calls it. */
  private connectionId = 0;
  private running: Promise<void> | null = null;
  private waking: Promise<void> | null = null;
  private stopped = false;

  constructor(
    private readonly config: RedisConfig,
    private readonly redis: RedisConnection,
    private readonly log: TopicLog,
  ) {}

  /** From now on the listener gets what is read; see `start`. */
  join(name: string, listener: Listener): void {
    const topic = this.topics.get(name) ?? { name, listeners: new Set() };
    topic.listeners.add(listener);
    this.topics.set(name, topic);
  }

  /** Reads on after that entry, unless the topic is being read already. */
  start(name: string, position: string): void {
    const topic = this.topics.get(name);
    if (!topic || topic.position !== undefined || this.stopped) return;
    topic.position = position;
    this.read();
    this.waking ??= this.wake().finally(() => (this.waking = null));
  }

  leave(name: string, listener: Listener): void {
    const topic = this.topics.get(name);
    topic?.listeners.delete(listener);
    if (topic?.listeners.size === 0) this.topics.delete(name);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    this.client?.disconnect();
    await Promise.all([this.running, this.waking]);
  }

  private get followed(): Topic[] {
    return [...this.topics.values()].filter(({ position }) => position !== undefined);
  }

  /** Until nobody follows anything any more. */
  private read(): void {
    this.running ??= this.run().finally(() => {
      this.running = null;
      // Somebody may have come while the last one went.
      if (this.followed.length > 0 && !this.stopped) this.read();
    });
  }

  private async run(): Promise<void> {
    const client = this.connect();
    await client.connect().catch(() => undefined);
    while (!this.stopped && this.followed.length > 0) {
      await this.readOnce(client).catch(() => sleep(this.stopped ? 0 : restMs));
    }
    client.disconnect();
    this.client = null;
    this.connectionId = 0;
  }

  private connect(): EndingRedis {
    // A server that says nothing for so long is gone, though its connection stands.
    const options = { ...redisOptions(this.config), connectionName: `${this.config.prefix}-live` };
    const client = new EndingRedis({ ...options, lazyConnect: true, blockingTimeout: 5 * blockMs });
    client.on('error', (error: Error) => this.logger.warn({ err: error }, 'live news are not read: Redis is away'));
    client.on('ready', () => {
      client.client('ID').then(
        (id) => (this.connectionId = id),
        () => undefined,
      );
    });
    this.client = client;
    return client;
  }

  private async readOnce(client: EndingRedis): Promise<void> {
    const topics = this.followed;
    for (const topic of topics) topic.isRead = true;
    const keys = topics.map(({ name }) => this.log.keyOf(name));
    const positions = topics.map(({ position }) => position!);
    const found = await client.xread('COUNT', portion, 'BLOCK', blockMs, 'STREAMS', ...keys, ...positions);
    for (const [key, entries] of found ?? []) {
      const topic = topics[keys.indexOf(key)]!;
      for (const entry of entries.map(entryOf)) {
        topic.position = entry.id;
        for (const listener of topic.listeners) listener.push(entry);
      }
    }
  }

  /** While the connection waits for other topics it must be told of a new one. */
  private async wake(): Promise<void> {
    while (!this.stopped && this.followed.some(({ isRead }) => !isRead)) {
      await this.unblock().catch(() => undefined);
      await sleep(10);
    }
  }

  private async unblock(): Promise<void> {
    if (this.connectionId === 0) return;
    await this.redis.client.client('UNBLOCK', this.connectionId);
  }
}
