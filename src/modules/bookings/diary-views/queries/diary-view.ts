import { Injectable } from '@nestjs/common';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { TimeRange } from '../../../../platform/values/time-range.js';
import { localDate, type LocalDate } from '../../../../platform/values/zone.js';
import {
  DiaryResources,
  Scheduling,
  TeacherNotFound,
  VehicleNotFound,
  type DiaryResource,
} from '../../../schools/index.js';
import { slotsFor, slotsTouched } from '../../domain/calendar/slots.js';
import { localDays, type LocalDay } from '../../domain/calendar/working-spans.js';
import type { DiaryAsked, DiaryItem } from '../../domain/diary-item.js';
import { BusyDays } from '../../queries/busy-days.js';
import { TeacherSchedules, type TeacherSchedule } from '../../queries/teacher-schedules.js';
import { type Ways, Whereabouts } from '../../queries/whereabouts.js';
import { hoursConflicts, travelConflicts } from '../domain/conflicts.js';
import { columnOf, standsIn, useOf, type DiaryColumn, type Use, type ViewedItem } from '../domain/diary-column.js';
import { datesOf, type ColumnKind, type ViewKind } from '../domain/view.js';
import { DiaryItemsIn } from './diary-items-in.js';

export interface DiaryQuestion {
  readonly view: ViewKind;
  /** Any date of it; today when left out. */
  readonly date?: LocalDate;
  readonly columns: ColumnKind;
  readonly teacherId?: Id;
  readonly vehicleId?: Id;
  readonly locationId?: Id;
}

export interface DiaryViewed extends Use {
  readonly view: ViewKind;
  readonly zone: string;
  readonly from: LocalDate;
  /** The date after the last one. */
  readonly until: LocalDate;
  readonly columns: readonly DiaryColumn[];
  /** A month of the whole school names none. */
  readonly entries: readonly ViewedItem[];
}

interface Window {
  readonly from: LocalDate;
  readonly until: LocalDate;
  readonly zone: string;
  readonly range: TimeRange;
  readonly days: readonly LocalDay[];
}

/** The diary of a day, a week or a month as a wall planner shows it: as many statements for a month as for a day. */
@Injectable()
export class DiaryView {
  constructor(
    private readonly clock: Clock,
    private readonly scheduling: Scheduling,
    private readonly resources: DiaryResources,
    private readonly schedules: TeacherSchedules,
    private readonly busyDays: BusyDays,
    private readonly whereabouts: Whereabouts,
    private readonly diary: DiaryItemsIn,
  ) {}

  /** @throws TeacherNotFound | VehicleNotFound | LocationNotFound */
  async read(question: DiaryQuestion): Promise<DiaryViewed> {
    if (question.locationId) await this.resources.checkLocation(question.locationId);
    const window = await this.window(question);
    const [items, teachers, vehicles, shortest] = await Promise.all([
      this.diary.all(askedIn(window.range, question)),
      this.resources.teachers(),
      this.resources.vehicles(),
      this.resources.shortestLessonMinutes(),
    ]);
    checkKnown(question, teachers, vehicles);
    const { columns: kind } = question;
    const shown = columnsOf(
      question,
      items.filter((item) => isAskedFor(item, question)),
      kind === 'teachers' ? teachers : vehicles,
    );
    const [schedules, busy, waysTo] = await Promise.all([
      this.schedules.load(
        teachers.map(({ id }) => id),
        window.range,
        window.zone,
      ),
      this.busyDays.of(
        shown.map(({ resourceId }) => resourceId),
        slotsTouched(window.range),
      ),
      this.whereabouts.waysTo(locationsOf(items)),
    ]);
    const entries = withConflicts(items, schedules, waysTo);
    const busyOf = Map.groupBy(busy, ({ resourceId }) => resourceId);
    const together = everybodyTogether(schedules);
    const columns = shown.map((column) =>
      columnOf({
        column,
        days: window.days,
        items: entries.filter((item) => standsIn(item, kind).includes(column.id)),
        ...(kind === 'teachers' ? schedules.get(column.id)! : together),
        busy: busyOf.get(column.resourceId) ?? [],
        shortestLesson: shortest === null ? null : slotsFor(shortest),
      }),
    );
    const { from, until, zone } = window;
    const listed = isListed(question) ? entries.filter((item) => isAskedFor(item, question)) : [];
    return { view: question.view, zone, from, until, columns, entries: listed, ...useOf(columns) };
  }

  private async window({ view, date }: DiaryQuestion): Promise<Window> {
    const { zone } = await this.scheduling.school();
    const { from, until } = datesOf(view, date ?? localDate(this.clock.now(), zone));
    const days = localDays(from, until, zone);
    return { from, until, zone, days, range: new TimeRange(days[0]!.at('00:00'), days.at(-1)!.at('24:00')) };
  }
}

/** A column's time is whole only with all that stands in it, so nothing narrows what is read but the column itself. */
function askedIn(range: TimeRange, { columns, teacherId, vehicleId }: DiaryQuestion): DiaryAsked {
  if (columns === 'teachers') return { range, ...(teacherId && { teacherId }) };
  return { range, ...(vehicleId && { vehicleId }) };
}

function isAskedFor({ teacher, vehicle, trailer, location }: DiaryItem, question: DiaryQuestion): boolean {
  const { teacherId, vehicleId, locationId } = question;
  return (
    (!teacherId || teacher?.id === teacherId) &&
    (!vehicleId || vehicle?.id === vehicleId || trailer?.id === vehicleId) &&
    (!locationId || location?.id === locationId)
  );
}

/** Thousands of entries are no answer: a month names them of one teacher or vehicle. */
function isListed({ view, teacherId, vehicleId }: DiaryQuestion): boolean {
  return view !== 'month' || teacherId !== undefined || vehicleId !== undefined;
}

function checkKnown(
  { teacherId, vehicleId }: DiaryQuestion,
  teachers: readonly DiaryResource[],
  vehicles: readonly DiaryResource[],
): void {
  if (teacherId && !teachers.some(({ id }) => id === teacherId)) throw new TeacherNotFound();
  if (vehicleId && !vehicles.some(({ id }) => id === vehicleId)) throw new VehicleNotFound();
}

/** Those that have something to do with what is asked for: the named one, whoever has an entry, and at a location those at home there. */
function columnsOf(
  question: DiaryQuestion,
  items: readonly DiaryItem[],
  all: readonly DiaryResource[],
): DiaryResource[] {
  const { columns, teacherId, vehicleId, locationId } = question;
  const named = columns === 'teachers' ? teacherId : vehicleId;
  if (named) return all.filter(({ id }) => id === named);
  const used = new Set(items.flatMap((item) => standsIn(item, columns)));
  const isNarrow = (teacherId ?? vehicleId ?? locationId) !== undefined;
  return all.filter(({ id, active, homeLocationId }) => {
    const belongs = !isNarrow || (locationId !== undefined && homeLocationId === locationId);
    return used.has(id) || (active && belongs);
  });
}

function withConflicts(
  items: readonly DiaryItem[],
  schedules: ReadonlyMap<Id, TeacherSchedule>,
  waysTo: ReadonlyMap<Id, Ways>,
): ViewedItem[] {
  const late = travelConflicts(items, waysTo);
  return items.map((item) => {
    const schedule = item.teacher && schedules.get(item.teacher.id);
    const conflicts = schedule ? hoursConflicts(item, schedule) : [];
    return { ...item, conflicts: late.has(item.id) ? [...conflicts, 'travel' as const] : conflicts };
  });
}

function locationsOf(items: readonly DiaryItem[]): Id[] {
  return [...new Set(items.flatMap(({ location }) => (location ? [location.id] : [])))];
}

/** A vehicle can be out whenever somebody works. */
function everybodyTogether(schedules: ReadonlyMap<Id, TeacherSchedule>): TeacherSchedule {
  const [anybody] = schedules.values();
  const hours = [...schedules.values()].flatMap((schedule) => schedule.hours);
  return { hours, timeOff: [], closed: anybody?.closed ?? [] };
}
