import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { assertAsSeen } from '../../../../platform/http/conditional/precondition.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { AnnouncementNotFound } from '../domain/announcement-problems.js';
import { Announcement, type AnnouncementDraft } from '../domain/announcement.js';
import { AnnouncementReader, type AnnouncementView } from '../queries/announcement-reader.js';
import { AudienceReader } from '../queries/audience-reader.js';

/** Writes a draft, changes it, throws it away. Nobody is told anything. */
@Injectable()
export class DraftAnnouncement {
  constructor(
    readonly em: EntityManager,
    private readonly reader: AnnouncementReader,
    private readonly audience: AudienceReader,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @throws AnnouncementTextMissing, PlaceholderUnknown, AudienceUnknown */
  @Transaction()
  async create(draft: AnnouncementDraft): Promise<AnnouncementView> {
    await this.audience.check(draft.audience);
    const announcement = Announcement.draft(currentSchool(), draft, this.clock.now());
    this.em.persist(announcement);
    await this.em.flush();
    await this.audit.record({ action: 'announcement.drafted', subjectId: announcement.id });
    return this.reader.get(announcement.id);
  }

  /** @throws AnnouncementNotFound, AnnouncementNotOpen, AnnouncementTextMissing, PlaceholderUnknown, AudienceUnknown */
  @Transaction()
  async change(announcementId: Id, draft: AnnouncementDraft): Promise<AnnouncementView> {
    const announcement = await this.hold(announcementId);
    await assertAsSeen(() => this.reader.get(announcementId));
    await this.audience.check(draft.audience);
    announcement.rewrite(draft);
    await this.em.flush();
    const details = { version: announcement.version };
    await this.audit.record({ action: 'announcement.updated', subjectId: announcementId, details });
    return this.reader.get(announcementId);
  }

  /** @throws AnnouncementNotFound, AnnouncementNotOpen for one that was confirmed */
  @Transaction()
  async delete(announcementId: Id): Promise<void> {
    const announcement = await this.hold(announcementId);
    announcement.assertDraft();
    this.em.remove(announcement);
    await this.audit.record({ action: 'announcement.deleted', subjectId: announcementId });
  }

  private async hold(id: Id): Promise<Announcement> {
    const announcement = await this.em.findOne(Announcement, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!announcement) throw new AnnouncementNotFound();
    return announcement;
  }
}
