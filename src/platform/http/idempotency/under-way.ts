import { Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { RedisConfig } from '../../database/database.config.js';
import { RedisConnection } from '../../redis/redis-connection.js';

// Longer than anybody outside is waited for; what a killed process has left is forgotten by then.
const seconds = 60;
const patienceMs = 3_000;
const lookEveryMs = 50;

/**
 * How many requests of one key are at work in all processes, where no row can be held meanwhile because somebody outside is asked. It
 * decides nothing but what a refused one is told, so it may be forgotten at any time.
 */
@Injectable()
export class UnderWay {
  constructor(
    private readonly redis: RedisConnection,
    private readonly config: RedisConfig,
  ) {}

  async begin(keyHash: Buffer): Promise<void> {
    const key = this.keyOf(keyHash);
    await this.redis.client.multi().incr(key).expire(key, seconds).exec().catch(uncounted);
  }

  async end(keyHash: Buffer): Promise<void> {
    const key = this.keyOf(keyHash);
    await this.redis.client.multi().decr(key).expire(key, seconds).exec().catch(uncounted);
  }

  /** Until the others with that key are done, or for a while. @returns what was found, and whether somebody is still at work */
  async others<Found>(
    keyHash: Buffer,
    find: () => Promise<Found | null>,
  ): Promise<{ found: Found | null; atWork: boolean }> {
    const end = Date.now() + patienceMs;
    for (;;) {
      // In this order: whoever is done by the first look has stored his answer before the second one.
      const atWork = Number((await this.redis.client.get(this.keyOf(keyHash)).catch(uncounted)) ?? 0) > 0;
      const found = await find();
      if (found || !atWork || Date.now() > end) return { found, atWork };
      await sleep(lookEveryMs);
    }
  }

  private keyOf(keyHash: Buffer): string {
    return `${this.config.prefix}:under-way:${keyHash.toString('base64url')}`;
  }
}

/** While Redis is away. */
function uncounted(): null {
  return null;
}
