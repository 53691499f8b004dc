import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/values/clock.js';
import { TimeRange } from '../../../platform/values/time-range.js';
import { DiaryItemsIn, ExamsForMessages, type DiaryItem } from '../../bookings/index.js';
import { Scheduling } from '../../schools/index.js';
import type { MessageInHand } from '../domain/message-in-hand.js';
import { examName } from '../templates/exam-name.js';
import { templates } from '../templates/templates.js';
import type { Wording } from '../templates/wording.js';
import { content, Overtaken, type Composer, type Content } from './composition.js';

/** A teacher's next day as it stands at the moment of sending. */
@Injectable()
export class DigestComposer implements Composer {
  constructor(
    private readonly diary: DiaryItemsIn,
    private readonly exams: ExamsForMessages,
    private readonly scheduling: Scheduling,
    private readonly clock: Clock,
  ) {}

  /** Once the first lesson has begun the day is known. */
  async compose({ subjectId, params }: MessageInHand, words: Wording): Promise<Content | Overtaken> {
    const date = params['date']!;
    const { zone } = await this.scheduling.school();
    const items = await this.diary.ahead({ range: TimeRange.ofDay(date, zone), teacherId: subjectId });
    const [first] = items;
    if (!first) return new Overtaken('nothing is planned for the day any more');
    if (first.startsAt <= this.clock.now()) return new Overtaken('the day has begun');
    const lines: string[] = [];
    for (const item of items) lines.push(await this.lineOf(item, words));
    const day = { date: words.weekday(first.startsAt), first: words.time(first.startsAt), lines: lines.join('\n') };
    return content(templates.teacher_day_ahead, { ahead: { ...day, count: items.length } });
  }

  private async lineOf(item: DiaryItem, words: Wording): Promise<string> {
    const exam = item.kind === 'exam' ? await this.exams.get(item.id) : null;
    const what = exam ? examName(exam, words.locale) : item.title;
    const { student, vehicle, trailer, facility, location } = item;
    const names = [student, vehicle, trailer, facility, location].map((each) => each?.name);
    const parts = [words.hours(item.startsAt, item.endsAt), what, ...names, exam?.place];
    // A name with a line break in it shall not make two lines.
    return parts
      .map((part) => part?.replace(/\s+/g, ' '))
      .filter(Boolean)
      .join(' · ');
  }
}
