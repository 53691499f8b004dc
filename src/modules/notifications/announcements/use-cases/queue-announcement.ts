import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery, schoolQuery } from '../../../../platform/database/query.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { QueueMessages } from '../../use-cases/queue-messages.js';
import { Announcement, announcementKinds, kindOf } from '../domain/announcement.js';
import type { AnnouncementTables } from '../queries/tables.js';

/** So many messages are made at a time. */
const portion = 500;

/**
 * So many messages of one announcement may be under way at once. It is what a confirmation or a cancellation that comes after
 * them waits behind at most, and what stands in the queue when the announcement is cancelled.
 */
const underWay = 500;

/** Makes the messages of a confirmed announcement, some at a time: e-mails first, so that quiet hours hold only the texts. */
@Injectable()
export class QueueAnnouncement {
  constructor(
    readonly em: EntityManager,
    private readonly queue: QueueMessages,
    private readonly clock: Clock,
  ) {}

  /** @returns what is left: `some` that may follow at once, others that `wait` for those under way, or `none` */
  @Transaction()
  async execute(announcementId: Id): Promise<'some' | 'wait' | 'none'> {
    // A cancellation comes before or after all of it.
    const announcement = await this.em.findOne(
      Announcement,
      { id: announcementId },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    if (!announcement?.isQueueing) return 'none';
    const room = Math.min(portion, underWay - (await this.open(announcementId)));
    if (room <= 0) return 'wait';
    if ((await this.queueSome(announcement, room)) === room) return 'some';
    announcement.allQueued(this.clock.now());
    return 'none';
  }

  private async queueSome({ id, purpose }: Announcement, room: number): Promise<number> {
    const rows = await schoolQuery<AnnouncementTables>(this.em)
      .selectFrom('announcement_recipients')
      .select(['channel', 'user_id as userId'])
      .where('announcement_id', '=', bin(id))
      .orderBy('channel')
      .orderBy('user_id')
      .limit(room)
      .execute();
    await this.queue.execute(
      rows.map(({ channel, userId }) => ({
        kind: kindOf[purpose],
        userId,
        subjectId: id,
        cause: id,
        channels: [channel],
      })),
    );
    // The same ones: whoever writes here holds the announcement.
    await globalQuery<AnnouncementTables>(this.em)
      .deleteFrom('announcement_recipients')
      .where('announcement_id', '=', bin(id))
      .orderBy('channel')
      .orderBy('user_id')
      .limit(rows.length)
      .execute();
    return rows.length;
  }

  private async open(announcementId: Id): Promise<number> {
    const { count } = await schoolQuery<AnnouncementTables>(this.em)
      .selectFrom('messages')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('subject_id', '=', bin(announcementId))
      .where('kind', 'in', announcementKinds)
      .where('state', 'in', ['queued', 'sending'])
      .executeTakeFirstOrThrow();
    return count;
  }
}
