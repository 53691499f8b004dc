import { Injectable } from '@nestjs/common';
import { RedisConfig } from '../database/database.config.js';
import { RedisConnection } from '../redis/redis-connection.js';

/** One thing that was said in a topic. Each names the one before it, so that whoever reads on sees when some are missing. */
export interface LogEntry {
  readonly id: string;
  readonly previous: string;
  /** Empty: says nothing, and only makes a beginning. */
  readonly name: string;
  readonly data: string;
}

const kept = 2_000;
const keptSeconds = 7 * 86_400;

// In one step, so that no two entries have the same one before them.
const append = `
  local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
  local previous = last[1] and last[1][1] or ''
  local id = redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*', 'previous', previous, 'name', ARGV[3], 'data', ARGV[4])
  redis.call('EXPIRE', KEYS[1], ARGV[2])
  return id`;

/** What was said in each topic, as far back as Redis keeps it: a stream of some thousand entries, which may vanish at any time. */
@Injectable()
export class TopicLog {
  constructor(
    private readonly redis: RedisConnection,
    private readonly config: RedisConfig,
  ) {}

  keyOf(topic: string): string {
    return `${this.config.prefix}:live:${topic}`;
  }

  /** @returns its id @throws Error when Redis is away */
  async append(topic: string, name: string, data: string): Promise<string> {
    return (await this.redis.client.eval(append, 1, this.keyOf(topic), kept, keptSeconds, name, data)) as string;
  }

  /** The last entry's id; where there is none, one that says nothing is made. */
  async end(topic: string): Promise<string> {
    const [last] = await this.redis.client.xrevrange(this.keyOf(topic), '+', '-', 'COUNT', 1);
    return last ? last[0] : this.append(topic, '', '{}');
  }

  /** What was said after that entry; null when it is not known what, or more than `limit`. */
  async after(topic: string, id: string, limit: number): Promise<LogEntry[] | null> {
    const found = await this.redis.client.xrange(this.keyOf(topic), id, '+', 'COUNT', limit + 2);
    const entries = found.map(entryOf);
    const rest = entries[0]?.id === id ? entries.slice(1) : entries;
    const isWhole = entries[0]?.id === id || entries[0]?.previous === id;
    return isWhole && rest.length <= limit ? rest : null;
  }
}

/** An entry as Redis tells it. */
export function entryOf([id, fields]: [id: string, fields: string[]]): LogEntry {
  const [, previous = '', , name = '', , data = '{}'] = fields;
  return { id, previous, name, data };
}

/** True for what may be an entry's id. */
export function isEntryId(text: string): boolean {
  return /^\d{1,15}-\d{1,15}$/.test(text);
}

/** Whether an id is the later one. */
export function isAfter(id: string, other: string): boolean {
  const [time, number] = id.split('-').map(Number) as [number, number];
  const [otherTime, otherNumber] = other.split('-').map(Number) as [number, number];
  return time > otherTime || (time === otherTime && number > otherNumber);
}
