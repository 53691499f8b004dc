import { Injectable } from '@nestjs/common';
import type { Id } from '../../../platform/values/id.js';
import { TimeRange } from '../../../platform/values/time-range.js';
import type { SchedulableTeacher } from '../../schools/index.js';
import { difference, type BusyDay } from '../domain/calendar/busy-mask.js';
import { maskKey, masksOf, type ClaimedSlot, type Stay } from '../domain/calendar/claimed-slots.js';
import { windowAround, type LessonSlots, type LessonSupply, type Site } from '../domain/calendar/free-times.js';
import { slotFrom, slotsFor, startOfSlot, type SlotSpan } from '../domain/calendar/slots.js';
import { BusyDays } from './busy-days.js';
import { inNobodysWay, type CandidateSite, type Candidates, type LessonWish } from './lesson-candidates.js';
import { TeacherSchedules, type TeacherSchedule } from './teacher-schedules.js';
import { Whereabouts, type Ways } from './whereabouts.js';

interface SearchOptions {
  /** Takes teachers and student for free: there is one of each, and the claims are the quickest to tell. */
  readonly peopleUnread?: boolean;
}

/** What was read of everybody's time. */
interface Times {
  readonly schedules: ReadonlyMap<Id, TeacherSchedule>;
  readonly busyOf: (resourceId: number, place?: number) => readonly BusyDay[];
  readonly stays: ReadonlyMap<number, readonly Stay[]>;
  readonly ways: ReadonlyMap<Id, Ways>;
}

/** Loads what free times are computed from: two queries, whatever the number of teachers, vehicles and days, and two more where ways are counted. */
@Injectable()
export class LessonSearch {
  constructor(
    private readonly busyDays: BusyDays,
    private readonly schedules: TeacherSchedules,
    private readonly whereabouts: Whereabouts,
  ) {}

  /** Everybody's time around the window in which the lesson may start. */
  async supply(
    wish: LessonWish,
    candidates: Candidates,
    window: TimeRange,
    { peopleUnread = false }: SearchOptions = {},
  ): Promise<LessonSupply> {
    const span = { first: slotFrom(window.start), end: slotFrom(window.end) };
    const slots = lessonSlots(wish);
    const around = windowAround({ window: span, slots });
    const times = await this.times(wish, candidates, around, peopleUnread);
    const { studentResourceId: student } = wish;
    return {
      window: span,
      slots,
      teachers: candidates.teachers,
      sites: candidates.sites.map((site) => siteOf(site, candidates, times)),
      ...(student !== undefined && !peopleUnread && { student: times.busyOf(student) }),
    };
  }

  private async times(
    wish: LessonWish,
    { teachers, vehicles = [], trailers = [], facilities = [], sites }: Candidates,
    around: SlotSpan,
    peopleUnread: boolean,
  ): Promise<Times> {
    const people = peopleUnread ? [] : teachers;
    const moving = [...people, ...vehicles, ...trailers].map(({ resourceId }) => resourceId);
    const student = peopleUnread ? [] : [wish.studentResourceId].filter((id) => id !== undefined);
    const standing = [...new Set(facilities.map(({ resourceId }) => resourceId))];
    const locations = sites.map(({ locationId }) => locationId).filter((id) => id !== null);
    const [schedules, busy, ways, stays] = await Promise.all([
      peopleUnread ? alwaysAtWork(teachers, around) : this.schedulesOf(teachers, around, wish),
      this.busy([...moving, ...student, ...standing], around, wish.ownClaims ?? []),
      this.whereabouts.waysTo(locations),
      locations.length > 0 ? this.whereabouts.around(moving, around, inNobodysWay(wish)) : [],
    ]);
    const busyOf = (resourceId: number, place = 0) => busy.get(placeKey(resourceId, place)) ?? [];
    return { schedules, busyOf, ways, stays: Map.groupBy(stays, ({ resourceId }) => resourceId) };
  }

  private schedulesOf(teachers: readonly SchedulableTeacher[], around: SlotSpan, { zone, assuming }: LessonWish) {
    return this.schedules.load(
      teachers.map(({ id }) => id),
      new TimeRange(startOfSlot(around.first), startOfSlot(around.end)),
      zone,
      assuming,
    );
  }

  /** The busy masks of the resources' places, of every school that uses them: times alone, never whose. */
  private async busy(
    resourceIds: readonly number[],
    span: SlotSpan,
    ownClaims: readonly ClaimedSlot[],
  ): Promise<Map<number, BusyDay[]>> {
    const rows = await this.busyDays.of(resourceIds, span);
    const own = new Map(masksOf(ownClaims).map((mask) => [maskKey(mask), mask]));
    const busy = new Map<number, BusyDay[]>();
    for (const row of rows) {
      const mine = own.size > 0 ? own.get(maskKey(row)) : undefined;
      const day = mine ? { day: row.day, ...difference(row, mine) } : row;
      const key = placeKey(row.resourceId, row.place);
      const days = busy.get(key);
      if (days) days.push(day);
      else busy.set(key, [day]);
    }
    return busy;
  }
}

function lessonSlots({ minutes, setupMinutes, bufferMinutes }: LessonWish): LessonSlots {
  return { setup: slotsFor(setupMinutes), lesson: slotsFor(minutes), buffer: slotsFor(bufferMinutes) };
}

/** A resource has 200 places at most. */
function placeKey(resourceId: number, place: number): number {
  return resourceId * 256 + place;
}

function alwaysAtWork(teachers: readonly SchedulableTeacher[], around: SlotSpan): Map<Id, TeacherSchedule> {
  return new Map(teachers.map(({ id }) => [id, { hours: [around], timeOff: [], closed: [] }]));
}

function siteOf(
  { locationId, teachers, facilities }: CandidateSite,
  { vehicles, trailers }: Candidates,
  { schedules, busyOf, stays, ways }: Times,
): Site {
  const isFromElsewhere = (home: Id | null) => home !== null && locationId !== null && home !== locationId;
  const timesOf = <T extends { readonly resourceId: number; readonly homeLocationId: Id | null }>(unit: T) => ({
    ...unit,
    fromElsewhere: isFromElsewhere(unit.homeLocationId),
    busy: busyOf(unit.resourceId),
    stays: stays.get(unit.resourceId) ?? [],
  });
  return {
    locationId,
    ways: (locationId && ways.get(locationId)) || new Map(),
    teachers: teachers.map((teacher) => ({ ...timesOf(teacher), ...schedules.get(teacher.id)! })),
    ...(vehicles && { vehicles: vehicles.map(timesOf) }),
    ...(trailers && { trailers: trailers.map(timesOf) }),
    ...(facilities && { facilities: facilities.map((at) => ({ ...at, busy: busyOf(at.resourceId, at.place) })) }),
  };
}
