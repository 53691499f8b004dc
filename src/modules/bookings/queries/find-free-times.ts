import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { pageOf, type Page } from '../../../platform/http/paging.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import type { TimeRange } from '../../../platform/values/time-range.js';
import { Scheduling } from '../../schools/index.js';
import { OwnStudents } from '../../students/index.js';
import { checkMayBookType } from '../domain/booking-policy.js';
import type { FreeTime } from '../domain/calendar/free-times.js';
import { UnknownReference } from '../domain/errors.js';
import { BookingRules } from '../ports/booking-rules.js';
import { rangeOf, type AskedDates } from './date-range.js';
import { FreeTimesFinder } from './free-times-finder.js';
import { wantedOf, type WantedResources } from './lesson-candidates.js';
import { positionKey, positionOf } from './page-position.js';

export interface FreeTimesQuestion extends AskedDates, WantedResources {
  readonly lessonTypeId: Id;
  /** Free for this student too. Students always ask for themselves. */
  readonly studentId?: Id;
  readonly limit: number;
  readonly cursor?: string;
}

/** Answers when a lesson could be booked. */
@Injectable()
export class FindFreeTimes {
  constructor(
    private readonly clock: Clock,
    private readonly scheduling: Scheduling,
    private readonly students: OwnStudents,
    private readonly finder: FreeTimesFinder,
    private readonly rules: BookingRules,
  ) {}

  /** @throws RangeInvalid | UnknownReference | StaffBooksThis | StudentNotFound */
  async execute(actor: Actor, question: FreeTimesQuestion): Promise<Page<FreeTime>> {
    const { limit } = question;
    const [lessonType, student, { zone }] = await Promise.all([
      this.scheduling.lessonType(question.lessonTypeId),
      this.students.meant(actor, question.studentId),
      this.scheduling.school(),
    ]);
    checkMayBookType(actor, lessonType);
    if (!lessonType.active) throw new UnknownReference('lessonTypeId');
    const { minutes, setupMinutes, bufferMinutes } = lessonType;
    const wish = {
      lessonType,
      minutes,
      setupMinutes,
      bufferMinutes,
      zone,
      ...(student && { studentResourceId: student.resourceId }),
      ...wantedOf(question),
      ...(!actor.isStaff && {
        bookable: (window: TimeRange) =>
          this.rules.bookable({ lessonType, zone, ...(student && { studentId: student.id }) }, window),
      }),
    };
    const window = rangeOf(question, zone, this.clock.now(), { defaultDays: 14, maxDays: 31 });
    const found = await this.finder.find(wish, window, limit + 1, positionOf(question.cursor));
    return pageOf(found, limit, ({ startsAt, teacherId: id }) => positionKey({ startsAt, id }));
  }
}
