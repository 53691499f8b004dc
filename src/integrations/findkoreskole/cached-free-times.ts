import { Injectable } from '@nestjs/common';
import { DiaryTopic, type NextFreeTime, NextFreeTimes } from '../../modules/bookings/index.js';
import { RedisConfig } from '../../platform/database/database.config.js';
import { RedisConnection } from '../../platform/redis/redis-connection.js';
import { currentSchool } from '../../platform/tenancy/tenancy.js';
import { Clock } from '../../platform/values/clock.js';
import type { Id } from '../../platform/values/id.js';

export interface FreeTimesAsOf {
  /** When they were looked up. */
  readonly asOf: Date;
  readonly times: readonly NextFreeTime[];
}

interface Kept {
  readonly asOf: number;
  /** Where the diary's news stood before they were looked up. */
  readonly position: string;
  readonly times: readonly (Omit<NextFreeTime, 'startsAt' | 'endsAt'> & { startsAt: string; endsAt: string })[];
}

/** What changes without news of the diary (hours, holidays, rules) is seen after so long. */
const keptSeconds = 300;

/**
 * A school's next free times, looked up again when something happened in its diary or some minutes have passed. Asked again they cost
 * two reads of Redis and none of the database.
 */
@Injectable()
export class CachedFreeTimes {
  private readonly underWay = new Map<Id, Promise<FreeTimesAsOf>>();

  constructor(
    private readonly freeTimes: NextFreeTimes,
    private readonly diary: DiaryTopic,
    private readonly redis: RedisConnection,
    private readonly config: RedisConfig,
    private readonly clock: Clock,
  ) {}

  /** Of the current school. Without Redis they are looked up each time. */
  async get(): Promise<FreeTimesAsOf> {
    const position = await this.diary.position().catch(() => null);
    const kept = position === null ? null : await this.kept(position);
    return kept ?? this.lookUpOnce(position);
  }

  private async kept(position: string): Promise<FreeTimesAsOf | null> {
    const text = await this.redis.client.get(this.key).catch(() => null);
    if (!text) return null;
    const { asOf, position: then, times } = JSON.parse(text) as Kept;
    const now = this.clock.now();
    const isFresh = then === position && Math.abs(now.getTime() - asOf) < keptSeconds * 1_000;
    if (!isFresh) return null;
    const read = times.map((time) => ({ ...time, startsAt: new Date(time.startsAt), endsAt: new Date(time.endsAt) }));
    return { asOf: new Date(asOf), times: read.filter(({ startsAt }) => startsAt > now) };
  }

  /** Many who ask at the same moment wait for one who looks. */
  private lookUpOnce(position: string | null): Promise<FreeTimesAsOf> {
    const school = currentSchool();
    const known = this.underWay.get(school);
    if (known) return known;
    const looking = this.lookUp(position).finally(() => this.underWay.delete(school));
    this.underWay.set(school, looking);
    return looking;
  }

  private async lookUp(position: string | null): Promise<FreeTimesAsOf> {
    const asOf = this.clock.now();
    const times = await this.freeTimes.find();
    if (position !== null) {
      const kept = JSON.stringify({ asOf: asOf.getTime(), position, times });
      await this.redis.client.set(this.key, kept, 'EX', keptSeconds).catch(() => undefined);
    }
    return { asOf, times };
  }

  private get key(): string {
    return `${this.config.prefix}:next-free-times:${currentSchool()}`;
  }
}
