import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { globalQuery } from '../../../platform/database/query.js';
import type { Id } from '../../../platform/values/id.js';
import { TimeRange } from '../../../platform/values/time-range.js';
import {
  Scheduling,
  type SchedulableLessonType,
  type SchedulableTeacher,
  type SchedulableVehicle,
} from '../../schools/index.js';
import { difference, type BusyDay } from '../domain/calendar/busy-mask.js';
import { masksOf, type ClaimedSlot } from '../domain/calendar/claimed-slots.js';
import type { LessonSlots, LessonSupply } from '../domain/calendar/free-times.js';
import { dayOf, slotFrom, slotsFor, startOfSlot, type SlotSpan } from '../domain/calendar/slots.js';
import { UnknownReference } from '../domain/errors.js';
import type { CalendarTables } from './tables.js';
import { TeacherSchedules } from './teacher-schedules.js';

/** A lesson that looks for its time. */
export interface LessonWish {
  readonly lessonType: Pick<SchedulableLessonType, 'licenceClass' | 'needsVehicle'>;
  readonly minutes: number;
  readonly setupMinutes: number;
  readonly bufferMinutes: number;
  /** The school's zone. */
  readonly zone: string;
  /** The student's resource, when it is known who will come. */
  readonly studentResourceId?: number;
  /** With this teacher, in this vehicle, and no other. */
  readonly teacherId?: Id;
  readonly vehicleId?: Id;
  /** Rather in this vehicle, when it is free. */
  readonly preferredVehicleId?: Id;
  /** What the lesson itself has claimed before it is moved: no hindrance. */
  readonly ownClaims?: readonly ClaimedSlot[];
}

/** Who could give the lesson, in which vehicle. */
export interface Candidates {
  readonly teachers: readonly SchedulableTeacher[];
  /** Absent when the lesson needs none. */
  readonly vehicles?: readonly SchedulableVehicle[];
}

/** Loads what free times are computed from: five queries, whatever the number of teachers, vehicles and days. */
@Injectable()
export class LessonSearch {
  constructor(
    private readonly em: EntityManager,
    private readonly scheduling: Scheduling,
    private readonly schedules: TeacherSchedules,
  ) {}

  /** @throws UnknownReference when the wish names a teacher or vehicle that does not do */
  async candidates({ lessonType, teacherId, vehicleId, preferredVehicleId }: LessonWish): Promise<Candidates> {
    const [teachers, vehicles] = await Promise.all([
      this.scheduling.teachersFor(lessonType),
      lessonType.needsVehicle ? this.scheduling.vehiclesFor(lessonType) : undefined,
    ]);
    if (vehicleId && !vehicles) throw new UnknownReference('vehicleId');
    return {
      teachers: theNamed(teachers, teacherId, 'teacherId'),
      ...(vehicles && { vehicles: preferring(theNamed(vehicles, vehicleId, 'vehicleId'), preferredVehicleId) }),
    };
  }

  /** Everybody's time around the window in which the lesson may start. */
  async supply(wish: LessonWish, { teachers, vehicles }: Candidates, window: TimeRange): Promise<LessonSupply> {
    const span = { first: slotFrom(window.start), end: slotFrom(window.end) };
    const slots = lessonSlots(wish);
    const around = { first: span.first - slots.setup, end: span.end + slots.lesson + slots.buffer };
    const people = [...teachers, ...(vehicles ?? [])].map(({ resourceId }) => resourceId);
    const student = wish.studentResourceId;
    const [schedules, busy] = await Promise.all([
      this.schedules.load(
        teachers.map(({ id }) => id),
        new TimeRange(startOfSlot(around.first), startOfSlot(around.end)),
        wish.zone,
      ),
      this.busy(student === undefined ? people : [...people, student], around, wish.ownClaims ?? []),
    ]);
    const busyOf = (resourceId: number) => busy.get(resourceId) ?? [];
    return {
      window: span,
      slots,
      teachers: teachers.map(({ id, resourceId, name }) => ({
        id,
        resourceId,
        name,
        ...schedules.get(id)!,
        busy: busyOf(resourceId),
      })),
      ...(vehicles && {
        vehicles: vehicles.map(({ id, resourceId }) => ({ id, resourceId, busy: busyOf(resourceId) })),
      }),
      ...(student !== undefined && { student: busyOf(student) }),
    };
  }

  /** The busy masks of the resources, of every school that uses them: times alone, never whose. */
  private async busy(
    resourceIds: number[],
    span: SlotSpan,
    ownClaims: readonly ClaimedSlot[],
  ): Promise<Map<number, BusyDay[]>> {
    if (resourceIds.length === 0) return new Map();
    const rows = await globalQuery<CalendarTables>(this.em)
      .selectFrom('resource_days')
      .select(['resource_id', 'day', 'lo', 'hi'])
      .where('resource_id', 'in', resourceIds)
      .where('day', '>=', dayOf(span.first))
      .where('day', '<=', dayOf(span.end - 1))
      .execute();
    const own = new Map(masksOf(ownClaims).map((mask) => [`${mask.resourceId}:${mask.day}`, mask]));
    const days = rows.map(({ resource_id, ...day }) => {
      const mine = own.get(`${resource_id}:${day.day}`);
      return { resourceId: resource_id, day: mine ? { ...day, ...difference(day, mine) } : day };
    });
    return new Map(
      [...Map.groupBy(days, ({ resourceId }) => resourceId)].map(([resourceId, its]) => [
        resourceId,
        its.map(({ day }) => day),
      ]),
    );
  }
}

export function lessonSlots({ minutes, setupMinutes, bufferMinutes }: LessonWish): LessonSlots {
  return { setup: slotsFor(setupMinutes), lesson: slotsFor(minutes), buffer: slotsFor(bufferMinutes) };
}

function theNamed<T extends { readonly id: Id }>(
  all: readonly T[],
  id: Id | undefined,
  field: 'teacherId' | 'vehicleId',
): readonly T[] {
  if (id === undefined) return all;
  const named = all.filter((each) => each.id === id);
  if (named.length === 0) throw new UnknownReference(field);
  return named;
}

function preferring<T extends { readonly id: Id }>(all: readonly T[], id: Id | undefined): readonly T[] {
  return id === undefined ? all : [...all.filter((each) => each.id === id), ...all.filter((each) => each.id !== id)];
}
