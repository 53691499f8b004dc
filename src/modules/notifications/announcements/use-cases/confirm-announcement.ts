import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Outbox } from '../../../../platform/outbox/outbox.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import type { Channel } from '../../domain/message-kinds.js';
import { AnnouncementConfirmed } from '../domain/announcement-events.js';
import { AnnouncementNotFound, NobodyToTell } from '../domain/announcement-problems.js';
import { Announcement } from '../domain/announcement.js';
import { AnnouncementReader, type AnnouncementView } from '../queries/announcement-reader.js';
import { AudienceReader } from '../queries/audience-reader.js';

/** Says yes to a draft: whom it reaches is written down in the same transaction, and a job makes their messages. */
@Injectable()
export class ConfirmAnnouncement {
  constructor(
    readonly em: EntityManager,
    private readonly audience: AudienceReader,
    private readonly reader: AnnouncementReader,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @param version the one of the preview @throws AnnouncementNotFound, AnnouncementNotOpen, AnnouncementChanged, NobodyToTell */
  @Transaction()
  async execute(announcementId: Id, version: number): Promise<AnnouncementView> {
    // Of two who confirm at once, the second finds it confirmed.
    const announcement = await this.em.findOne(
      Announcement,
      { id: announcementId },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    if (!announcement) throw new AnnouncementNotFound();
    announcement.assertDraft();
    const recipients = { email: await this.freeze(announcement, 'email'), sms: await this.freeze(announcement, 'sms') };
    announcement.confirm(version, recipients, this.clock.now());
    if (recipients.email + recipients.sms === 0) throw new NobodyToTell();
    await this.em.flush();
    await this.outbox.record(new AnnouncementConfirmed({ announcementId }));
    const details = { version, ...recipients };
    await this.audit.record({ action: 'announcement.confirmed', subjectId: announcementId, details });
    return this.reader.get(announcementId);
  }

  private async freeze({ id, content, audience, purpose }: Announcement, channel: Channel): Promise<number> {
    return content.channels.includes(channel) ? this.audience.freeze(id, audience, purpose, channel) : 0;
  }
}
