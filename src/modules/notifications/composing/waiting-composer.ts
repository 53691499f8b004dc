import { Injectable } from '@nestjs/common';
import type { Id } from '../../../platform/values/id.js';
import { ClassReader, EntriesForMessages } from '../../bookings/index.js';
import type { MessageInHand } from '../domain/message-in-hand.js';
import { templates } from '../templates/templates.js';
import type { WaitingView } from '../templates/waiting-list-joined.js';
import type { Wording } from '../templates/wording.js';
import { content, Overtaken, type Composer, type Content } from './composition.js';

/** Tells a student what he waits for, as long as he does. */
@Injectable()
export class WaitingComposer implements Composer {
  constructor(
    private readonly entries: EntriesForMessages,
    private readonly classes: ClassReader,
  ) {}

  async compose({ subjectId }: MessageInHand, words: Wording): Promise<Content | Overtaken> {
    const waiting = (await this.lesson(subjectId, words)) ?? (await this.course(subjectId));
    return waiting ? content(templates.waiting_list_joined, { waiting }) : new Overtaken('the student waits no longer');
  }

  private async lesson(entryId: Id, words: Wording): Promise<WaitingView['waiting'] | null> {
    const entry = await this.entries.get(entryId);
    if (entry?.state !== 'active') return null;
    return { what: entry.lessonTypeName, from: words.date(entry.fromDate), until: words.date(entry.untilDate) };
  }

  private async course(waiterId: Id): Promise<WaitingView['waiting'] | null> {
    const place = await this.classes.waiter(waiterId);
    const course = place?.state === 'waiting' && (await this.classes.course(place.courseId));
    return course ? { what: course.name, from: '', until: '' } : null;
  }
}
