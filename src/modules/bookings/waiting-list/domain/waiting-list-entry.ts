import { defineEntity } from '@mikro-orm/core';
import {
  bool,
  code,
  id,
  instant,
  int,
  localDate,
  localTime,
  schoolScoped,
  text,
} from '../../../../platform/database/columns.js';
import type { Id } from '../../../../platform/values/id.js';
import type { LocalDate, LocalTime } from '../../../../platform/values/zone.js';
import type { EntryState } from './entry-state.js';
import { EntryClosed } from './waiting-list-problems.js';

export const WaitingListEntrySchema = defineEntity({
  name: 'WaitingListEntry',
  tableName: 'waiting_list_entries',
  ...schoolScoped,
  uniques: [{ name: 'waiting_list_entries_school_id', properties: ['schoolId', 'id'] }],
  indexes: [
    { name: 'waiting_list_entries_state', properties: ['schoolId', 'state', 'id'] },
    { name: 'waiting_list_entries_student', properties: ['schoolId', 'studentId', 'id'] },
    { name: 'waiting_list_entries_lesson_type', properties: ['schoolId', 'lessonTypeId'] },
    { name: 'waiting_list_entries_teacher', properties: ['schoolId', 'teacherId'] },
    { name: 'waiting_list_entries_booking', properties: ['schoolId', 'bookingId'] },
    { name: 'waiting_list_entries_ending', properties: ['state', 'untilDate'] },
  ],
  properties: {
    id: id().primary(),
    schoolId: id(),
    studentId: id(),
    lessonTypeId: id(),
    /** Anybody, when missing. */
    teacherId: id().nullable(),
    /** '1,3,5': 1 is Monday. */
    weekdays: text(13),
    /** The lesson lies between these, in the school's own time. */
    earliest: localTime(),
    latest: localTime(),
    /** Both included. */
    fromDate: localDate(),
    untilDate: localDate(),
    /** So long before the start the student must have been told at least. */
    noticeMinutes: int(),
    /** Also times that he gave up himself. */
    ownTimes: bool(),
    state: code<EntryState>(),
    /** The lesson that ended the wait. */
    bookingId: id().nullable(),
    createdBy: id(),
    createdAt: instant(),
    closedAt: instant().nullable(),
  },
});

/** Which times somebody waits for. */
export interface WishedTimes {
  readonly weekdays: readonly number[];
  readonly earliest: LocalTime;
  readonly latest: LocalTime;
  readonly fromDate: LocalDate;
  readonly untilDate: LocalDate;
  readonly noticeMinutes: number;
}

export interface NewEntry extends WishedTimes {
  readonly id: Id;
  readonly schoolId: Id;
  readonly studentId: Id;
  readonly lessonTypeId: Id;
  readonly teacherId: Id | null;
  readonly ownTimes: boolean;
  readonly createdBy: Id;
  readonly createdAt: Date;
}

/** A student who waits for a lesson, until he gets one, gives up, or his dates have passed. */
export class WaitingListEntry extends WaitingListEntrySchema.class {
  static join({ weekdays, ...entry }: NewEntry): WaitingListEntry {
    const days = [...new Set(weekdays)].sort((a, b) => a - b).join(',');
    const initial = { state: 'active' as const, bookingId: null, closedAt: null };
    return Object.assign(new WaitingListEntry(), entry, initial, { weekdays: days });
  }

  /** @throws EntryClosed */
  withdraw(at: Date): void {
    this.close('withdrawn', at);
  }

  /** @throws EntryClosed */
  fulfil(bookingId: Id, at: Date): void {
    this.close('fulfilled', at);
    this.bookingId = bookingId;
  }

  private close(state: EntryState, at: Date): void {
    if (this.state !== 'active') throw new EntryClosed(this.state);
    this.state = state;
    this.closedAt = at;
  }
}
WaitingListEntrySchema.setClass(WaitingListEntry);

/** The weekdays as they are stored. */
export function weekdaysOf(stored: string): number[] {
  return stored.split(',').map(Number);
}
