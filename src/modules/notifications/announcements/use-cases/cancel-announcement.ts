import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { bin, globalQuery } from '../../../../platform/database/query.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { cancelledReason } from '../announcement-composer.js';
import { AnnouncementNotFound, AnnouncementNotOpen } from '../domain/announcement-problems.js';
import { Announcement, announcementKinds } from '../domain/announcement.js';
import { AnnouncementReader, type AnnouncementView } from '../queries/announcement-reader.js';
import type { AnnouncementTables } from '../queries/tables.js';

/** Stops an announcement, also midway: what its provider does not have yet goes to nobody. */
@Injectable()
export class CancelAnnouncement {
  constructor(
    readonly em: EntityManager,
    private readonly reader: AnnouncementReader,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @throws AnnouncementNotFound, AnnouncementNotOpen */
  @Transaction()
  async execute(announcementId: Id): Promise<AnnouncementView> {
    const announcement = await this.em.findOne(
      Announcement,
      { id: announcementId },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    if (!announcement) throw new AnnouncementNotFound();
    if ((await this.reader.get(announcementId)).state === 'done') throw new AnnouncementNotOpen('done');
    announcement.cancel(this.clock.now());
    await this.em.flush();
    await this.keepBack(announcementId);
    const view = await this.reader.get(announcementId);
    const { dropped, recipients } = view.progress;
    const details = { dropped, recipients };
    await this.audit.record({ action: 'announcement.cancelled', subjectId: announcementId, details });
    return view;
  }

  /** A message that is just being sent is left to its attempt, which says what became of it. */
  private async keepBack(announcementId: Id): Promise<void> {
    const db = globalQuery<AnnouncementTables>(this.em);
    await db
      .updateTable('messages')
      .set({ state: 'dropped', closed_at: this.clock.now(), reason: cancelledReason })
      .where('school_id', '=', bin(currentSchool()))
      .where('subject_id', '=', bin(announcementId))
      .where('kind', 'in', announcementKinds)
      .where('state', '=', 'queued')
      .execute();
    await db.deleteFrom('announcement_recipients').where('announcement_id', '=', bin(announcementId)).execute();
  }
}
