import { defineEntity } from '@mikro-orm/core';
import { bool, code, id, instant, localDate, schoolScoped, text } from '../../../../platform/database/columns.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import { TimeRange } from '../../../../platform/values/time-range.js';
import { addDays, atLocal, type LocalDate } from '../../../../platform/values/zone.js';

/** Whose day it is. */
export const dayScopes = ['school', 'teacher', 'vehicle', 'location'] as const;
export type DayScope = (typeof dayScopes)[number];

export const dayReasons = ['weather', 'illness', 'other'] as const;
export type DayReason = (typeof dayReasons)[number];

export const dayCancellationStates = ['running', 'done'] as const;
export type DayCancellationState = (typeof dayCancellationStates)[number];

export const DayCancellationSchema = defineEntity({
  name: 'DayCancellation',
  tableName: 'day_cancellations',
  ...schoolScoped,
  uniques: [{ name: 'day_cancellations_school_id', properties: ['schoolId', 'id'] }],
  indexes: [
    { name: 'day_cancellations_date', properties: ['schoolId', 'date', 'id'] },
    { name: 'day_cancellations_teacher', properties: ['schoolId', 'teacherId'] },
    { name: 'day_cancellations_vehicle', properties: ['schoolId', 'vehicleId'] },
    { name: 'day_cancellations_location', properties: ['schoolId', 'locationId'] },
  ],
  properties: {
    id: id().primary(),
    schoolId: id(),
    date: localDate(),
    scope: code<DayScope>(),
    teacherId: id().nullable(),
    vehicleId: id().nullable(),
    locationId: id().nullable(),
    reason: code<DayReason>(),
    /** What the students read of it. */
    note: text(300).nullable(),
    /** Whether each student is offered other times. */
    rebook: bool(),
    /** Whether the teachers are taken out of the diary for the day. */
    keepFree: bool(),
    state: code<DayCancellationState>(),
    createdBy: id(),
    createdAt: instant(),
    finishedAt: instant().nullable(),
  },
});

/** A day, and whose. */
export interface DayInScope {
  readonly date: LocalDate;
  readonly scope: DayScope;
  readonly teacherId: Id | null;
  readonly vehicleId: Id | null;
  readonly locationId: Id | null;
}

export interface NewDayCancellation extends DayInScope {
  readonly schoolId: Id;
  readonly reason: DayReason;
  readonly note: string | null;
  readonly rebook: boolean;
  readonly keepFree: boolean;
  readonly createdBy: Id;
  readonly createdAt: Date;
}

/** Every lesson of a day that is cancelled in one go. */
export class DayCancellation extends DayCancellationSchema.class {
  static of(day: NewDayCancellation): DayCancellation {
    const initial = { id: newId(), state: 'running', finishedAt: null } as const;
    return Object.assign(new DayCancellation(), initial, day);
  }

  finish(at: Date): void {
    this.state = 'done';
    this.finishedAt = at;
  }
}
DayCancellationSchema.setClass(DayCancellation);

/** What is left of a date in the zone; null when nothing is. Lessons that have begun are reported, not cancelled. */
export function restOfDay(date: LocalDate, zone: string, now: Date): TimeRange | null {
  const [start, end] = [atLocal(date, '00:00', zone), atLocal(addDays(date, 1), '00:00', zone)];
  // Whatever starts right now has begun.
  const first = start > now ? start : new Date(now.getTime() + 1);
  return first < end ? new TimeRange(first, end) : null;
}

const reasonTexts: Record<'da' | 'en', Record<DayReason, string>> = {
  da: { weather: 'Aflyst på grund af vejret', illness: 'Aflyst på grund af sygdom', other: 'Aflyst af køreskolen' },
  en: {
    weather: 'Cancelled because of the weather',
    illness: 'Cancelled because of illness',
    other: 'Cancelled by the school',
  },
};

/** Why, as a booking keeps it, in the school's language: the office's own words, if there are any. */
export function reasonOf({ reason, note }: Pick<NewDayCancellation, 'reason' | 'note'>, locale: 'da' | 'en'): string {
  return note ?? reasonTexts[locale][reason];
}
