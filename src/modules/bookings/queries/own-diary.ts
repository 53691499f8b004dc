import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Page } from '../../../platform/http/paging.js';
import type { Id } from '../../../platform/values/id.js';
import type { TimeRange } from '../../../platform/values/time-range.js';
import { BookingNotFound } from '../domain/errors.js';
import { ActingStudents } from './acting-students.js';
import { type BookingsAsked, Diary, type DiaryEntry } from './diary.js';

/** The diary as its reader may see it: staff the school's, students their own lessons and nobody else's. */
@Injectable()
export class OwnDiary {
  constructor(
    private readonly diary: Diary,
    private readonly students: ActingStudents,
  ) {}

  /** @throws BookingNotFound also when it is somebody else's */
  async entry(actor: Actor, bookingId: Id): Promise<DiaryEntry> {
    const [entry, student] = await Promise.all([this.diary.entry(bookingId), this.students.of(actor, undefined)]);
    if (student && student.id !== entry.student.id) throw new BookingNotFound();
    return entry;
  }

  /** @throws NotYourBooking when a student asks for another's lessons */
  async list(actor: Actor, range: TimeRange, asked: BookingsAsked): Promise<Page<DiaryEntry>> {
    const student = await this.students.of(actor, asked.studentId);
    return this.diary.list(range, { ...asked, ...(student && { studentId: student.id }) });
  }
}
