import { Injectable } from '@nestjs/common';
import { Unavailable } from '../http/problem.js';
import type { EventSource, ServerEvent } from '../http/sse.js';
import { Follower, resetAt } from './follower.js';
import { isEntryId, TopicLog } from './topic-log.js';
import { TopicReader } from './topic-reader.js';

/** Whoever has missed more reads everything anew. */
const mostMissed = 500;

/** 503 `live.away`: what news go through is away. */
export class LiveNewsAway extends Unavailable {
  constructor(cause: unknown) {
    super(
      'live.away',
      {
        en: 'News cannot be followed right now. Read what you show every minute, and try again.',
        da: 'Nyheder kan ikke følges lige nu. Hent det viste hvert minut, og prøv igen.',
      },
      { retryAfterSeconds: 10, cause },
    );
  }
}

/**
 * News by topic, from any process to whoever listens in any other. Redis keeps them for a while and may lose them: then a
 * listener is told to read everything anew, and never just hears nothing.
 */
@Injectable()
export class LiveTopics {
  constructor(
    private readonly log: TopicLog,
    private readonly reader: TopicReader,
  ) {}

  /** @throws Error when Redis is away */
  async publish(topic: string, name: string, data: object): Promise<void> {
    await this.log.append(topic, name, JSON.stringify(data));
  }

  /** The last entry's id: as long as it is the same, nothing was said. @throws Error when Redis is away */
  position(topic: string): Promise<string> {
    return this.log.end(topic);
  }

  /**
   * News of a topic: at first `ready`, or to somebody who comes back what he has missed; `reset` when nobody knows what that is.
   * @param isFor which of them the listener wants to hear
   * @throws LiveNewsAway
   */
  async follow(topic: string, lastEventId: string | undefined, isFor: (data: object) => boolean): Promise<EventSource> {
    const follower: Follower<object> = new Follower(isFor, () => this.reader.leave(topic, follower));
    // First of all, so that nothing falls between what is looked up and what is read on.
    this.reader.join(topic, follower);
    try {
      await this.begin(topic, follower, lastEventId);
      return follower;
    } catch (error) {
      follower.close();
      throw new LiveNewsAway(error);
    }
  }

  private async begin(
    topic: string,
    follower: Pick<Follower<object>, 'begin'>,
    lastEventId: string | undefined,
  ): Promise<void> {
    const isKnown = lastEventId !== undefined && isEntryId(lastEventId);
    const missed = isKnown ? await this.log.after(topic, lastEventId, mostMissed) : null;
    const position = missed ? lastEventId! : await this.log.end(topic);
    follower.begin(position, missed ?? [], missed ? null : greeting(position, lastEventId));
    this.reader.start(topic, missed?.at(-1)?.id ?? position);
  }
}

function greeting(id: string, lastEventId: string | undefined): ServerEvent {
  return lastEventId === undefined ? { name: 'ready', id, data: {} } : resetAt(id);
}
