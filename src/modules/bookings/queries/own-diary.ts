import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Id } from '../../../platform/values/id.js';
import { BookingNotFound } from '../domain/errors.js';
import { ActingStudents } from './acting-students.js';
import { Diary, type DiaryEntry, type DiaryFilter } from './diary.js';

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
  async list(actor: Actor, filter: DiaryFilter): Promise<DiaryEntry[]> {
    const student = await this.students.of(actor, filter.studentId);
    return this.diary.list({ ...filter, ...(student && { studentId: student.id }) });
  }
}
