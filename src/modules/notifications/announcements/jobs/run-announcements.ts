import { Injectable } from '@nestjs/common';
import type { EventOf } from '../../../../platform/outbox/event.js';
import { Handles, Postponed } from '../../../../platform/outbox/handles.js';
import { Clock } from '../../../../platform/values/clock.js';
import { AnnouncementConfirmed } from '../domain/announcement-events.js';
import { QueueAnnouncement } from '../use-cases/queue-announcement.js';

const pauseMs = 1_000;

/** Works through announcements turn by turn: a turn is short, and the next one goes on from what the rows say, in any process. */
@Injectable()
export class RunAnnouncements {
  constructor(
    private readonly queue: QueueAnnouncement,
    private readonly clock: Clock,
  ) {}

  @Handles(AnnouncementConfirmed, { name: 'notifications.queue-announcement', mode: 'external' })
  async run({ payload: { announcementId } }: EventOf<AnnouncementConfirmed>): Promise<void> {
    const left = await this.queue.execute(announcementId);
    const now = this.clock.now();
    if (left === 'some') throw new Postponed(now, 'recipients are left');
    if (left === 'wait') throw new Postponed(new Date(now.getTime() + pauseMs), 'its messages are still under way');
  }
}
