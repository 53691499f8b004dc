import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type Composer, content, type Content, type Frame, Overtaken } from '../composing/composition.js';
import type { MessageInHand } from '../domain/message-in-hand.js';
import type { AnnouncementView } from '../templates/announcement.js';
import { templates } from '../templates/templates.js';
import type { Wording } from '../templates/wording.js';
import { type AnnouncementText, filled, textFor, valuesFor } from './domain/announcement-content.js';
import { Announcement, kindOf } from './domain/announcement.js';

/** The texts stand with the announcement; those of one that was cancelled meanwhile are not sent. */
@Injectable()
export class AnnouncementComposer implements Composer {
  constructor(private readonly em: EntityManager) {}

  async compose(
    { subjectId }: MessageInHand,
    { locale }: Wording,
    { reader, sender, shared }: Frame,
  ): Promise<Content | Overtaken> {
    const read = () => this.em.fork().findOne(Announcement, { id: subjectId });
    const announcement = await shared.once(`announcement ${subjectId}`, read);
    if (!announcement) return new Overtaken('the announcement is gone');
    if (announcement.state === 'cancelled') return new Overtaken(cancelledReason);
    const data = announcementData(textFor(announcement.content, locale), reader.name, sender.name);
    return content(templates[kindOf[announcement.purpose]], data);
  }
}

/** What the log says of a message that a cancelled announcement has kept back. */
export const cancelledReason = 'the announcement was cancelled before the message went out';

/** The texts for one reader. They are data of the template, so that nothing in them is ever read as one. */
export function announcementData(text: AnnouncementText, readerName: string, schoolName: string): AnnouncementView {
  const values = valuesFor(readerName, schoolName);
  const fill = (part: string | null) => filled(part ?? '', values);
  return { announcement: { subject: fill(text.subject), text: fill(text.text), sms: fill(text.sms) } };
}
