import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Page } from '../../../platform/http/paging.js';
import type { Id } from '../../../platform/values/id.js';
import type { TimeRange } from '../../../platform/values/time-range.js';
import { OwnStudents } from '../../students/index.js';
import { BookingNotFound } from '../domain/errors.js';
import { type BookingsAsked, Diary, type DiaryEntry } from './diary.js';

/** The diary as its reader may see it: staff the school's, everybody else the lessons of his own students. */
@Injectable()
export class OwnDiary {
  constructor(
    private readonly diary: Diary,
    private readonly ownStudents: OwnStudents,
  ) {}

  /** @throws BookingNotFound also when it is somebody else's */
  async entry(actor: Actor, bookingId: Id): Promise<DiaryEntry> {
    const entry = await this.diary.entry(actor, bookingId);
    if (!(await this.ownStudents.includes(actor, entry.student.id))) throw new BookingNotFound();
    return entry;
  }

  /** @throws StudentNotFound also when a student asks for another's lessons */
  async list(actor: Actor, range: TimeRange, asked: BookingsAsked): Promise<Page<DiaryEntry>> {
    return this.diary.list(actor, range, await this.ownStudents.asked(actor, asked.studentId), asked);
  }
}
