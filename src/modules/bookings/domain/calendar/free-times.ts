import type { Id } from '../../../../platform/values/id.js';
import type { BusyDay } from './busy-mask.js';
import type { Stay } from './claimed-slots.js';
import { FreeUnits, type Choosable } from './free-units.js';
import { SlotGrid } from './slot-grid.js';
import { startOfSlot, type SlotSpan } from './slots.js';

/** What a lesson takes, in quarter hours; setup and buffer burden teacher, vehicle, trailer and facility, not the student. */
export interface LessonSlots {
  readonly setup: number;
  readonly lesson: number;
  readonly buffer: number;
}

/** Somebody or something that can be taken, with its time around the window. */
interface Taken extends Choosable {
  readonly id: Id;
  readonly resourceId: number;
  readonly busy: readonly BusyDay[];
  /** Where it is when; left out for what stands still, and where nobody counts the way. */
  readonly stays?: readonly Stay[];
}

export interface TeacherTime extends Taken {
  readonly name: string;
  /** Working hours as UTC quarter hours, time off not yet taken out. */
  readonly hours: readonly SlotSpan[];
  readonly timeOff: readonly SlotSpan[];
}

/** A vehicle, a trailer, or one place of a facility. */
export interface UnitTime extends Taken {
  /** Which place of a resource that has several. */
  readonly place?: number;
}

/** A location at which the lesson could be, with all that could be had there. */
export interface Site {
  /** Null: nobody knows where, and no way is counted. */
  readonly locationId: Id | null;
  /** Quarter hours from another location to this one; none for those that are not named. */
  readonly ways?: ReadonlyMap<Id, number>;
  readonly teachers: readonly TeacherTime[];
  /** Those that would do; absent when the lesson needs none. */
  readonly vehicles?: readonly UnitTime[];
  readonly trailers?: readonly UnitTime[];
  readonly facilities?: readonly UnitTime[];
}

/** Everybody's time around a window: what free times are computed from. */
export interface LessonSupply {
  /** Lessons start in it; half-open. */
  readonly window: SlotSpan;
  readonly slots: LessonSlots;
  /** In the order in which their times are offered. */
  readonly teachers: readonly Pick<TeacherTime, 'id'>[];
  /** Busy times of the student, when it is known who will come. */
  readonly student?: readonly BusyDay[];
  readonly sites: readonly Site[];
}

/** A start at which a lesson could be: where, with whom and in what. */
export interface FreePlace {
  readonly start: number;
  readonly teacher: TeacherTime;
  readonly vehicle: UnitTime | undefined;
  readonly trailer: UnitTime | undefined;
  readonly facility: UnitTime | undefined;
  readonly locationId: Id | null;
  /** The holes that it leaves in the days of vehicle, trailer and facility: less is better. */
  readonly cost: number;
  /** The holes that it leaves in the teacher's. */
  readonly teacherCost: () => number;
}

/** A free time as it is offered. */
export interface FreeTime {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly teacherId: Id;
  readonly teacherName: string;
  readonly vehicleId?: Id;
  readonly trailerId?: Id;
  readonly facilityId?: Id;
  readonly locationId?: Id;
}

/** Every start at which a teacher, the student and one of each thing needed are all free: by time, then in the order of the teachers. */
export function* freePlaces(supply: LessonSupply): Generator<FreePlace> {
  const { window, slots, teachers } = supply;
  const around = windowAround(supply);
  const sites = supply.sites.map((site) => new OpenSite(site, around, slots));
  const studentRuns = supply.student && SlotGrid.open(around).without(supply.student).runs();

  for (let start = window.first; start < window.end; start++) {
    const lesson = start - around.first;
    if (studentRuns && studentRuns[lesson]! < slots.lesson) continue;
    for (const { id } of teachers) {
      const place = cheapest(sites, id, start, lesson - slots.setup);
      if (place) yield place;
    }
  }
}

/** The place at the window's first start that leaves the fewest holes; the first of equals. */
export function bestPlace(supply: LessonSupply): FreePlace | undefined {
  const { first } = supply.window;
  let best: FreePlace | undefined;
  let least = Infinity;
  for (const place of freePlaces({ ...supply, window: { first, end: first + 1 } })) {
    const cost = place.cost + place.teacherCost();
    if (cost < least) [best, least] = [place, cost];
  }
  return best;
}

export function freeTimeAt(
  { start, teacher, vehicle, trailer, facility, locationId }: FreePlace,
  { lesson }: LessonSlots,
): FreeTime {
  return {
    startsAt: startOfSlot(start),
    endsAt: startOfSlot(start + lesson),
    teacherId: teacher.id,
    teacherName: teacher.name,
    ...(vehicle && { vehicleId: vehicle.id }),
    ...(trailer && { trailerId: trailer.id }),
    ...(facility && { facilityId: facility.id }),
    ...(locationId && { locationId }),
  };
}

function cheapest(sites: readonly OpenSite[], teacherId: Id, start: number, block: number): FreePlace | undefined {
  let best: FreePlace | undefined;
  for (const site of sites) {
    const place = site.placeWith(teacherId, start, block);
    if (place && (!best || place.cost < best.cost)) best = place;
  }
  return best;
}

/** With room for the first and last lesson, and for the gaps before and after them that count as holes. */
export function windowAround({ window, slots }: Pick<LessonSupply, 'window' | 'slots'>): SlotSpan {
  const { setup, lesson, buffer } = slots;
  const gap = setup + lesson + buffer;
  return { first: window.first - setup - gap, end: window.end + lesson + buffer + gap };
}

/** The quarter hours in which a teacher is at work and not busy, nor on his way. */
export function teacherGrid(around: SlotSpan, teacher: TeacherTime, { ways }: Pick<Site, 'ways'>): SlotGrid {
  const { hours, timeOff, busy } = teacher;
  return withoutWays(SlotGrid.closed(around).opened(hours).closed(timeOff).without(busy), teacher, ways);
}

export function unitGrid(around: SlotSpan, unit: UnitTime, { ways }: Pick<Site, 'ways'>): SlotGrid {
  return withoutWays(SlotGrid.open(around).without(unit.busy), unit, ways);
}

function withoutWays(grid: SlotGrid, { stays }: Taken, ways: Site['ways']): SlotGrid {
  if (!ways || !stays || ways.size === 0) return grid;
  const onTheWay = stays.flatMap(({ locationId, first, end }) => {
    const way = ways.get(locationId);
    return way === undefined ? [] : [{ first: first - way, end: end + way }];
  });
  return grid.closed(onTheWay);
}

/** What one location has to offer, quarter hour by quarter hour. */
class OpenSite {
  private readonly teachers: FreeUnits<TeacherTime>;
  private readonly indexOf: ReadonlyMap<Id, number>;
  private readonly things: readonly (FreeUnits<UnitTime> | undefined)[];
  private known: { readonly block: number; readonly units: ThingsFree | undefined } | undefined;

  constructor(
    private readonly site: Site,
    around: SlotSpan,
    { setup, lesson, buffer }: LessonSlots,
  ) {
    const needed = setup + lesson + buffer;
    const { teachers, vehicles, trailers, facilities } = site;
    const grids = teachers.map((teacher) => teacherGrid(around, teacher, site));
    this.teachers = new FreeUnits(teachers, grids, needed);
    this.indexOf = new Map(teachers.map(({ id }, i) => [id, i]));
    this.things = [vehicles, trailers, facilities].map(
      (units) =>
        units &&
        new FreeUnits(
          units,
          units.map((unit) => unitGrid(around, unit, site)),
          needed,
        ),
    );
  }

  placeWith(teacherId: Id, start: number, block: number): FreePlace | undefined {
    const teacher = this.indexOf.get(teacherId);
    if (teacher === undefined || !this.teachers.isFree(teacher, block)) return undefined;
    const units = this.unitsAt(block);
    if (!units) return undefined;
    return {
      start,
      teacher: this.site.teachers[teacher]!,
      vehicle: units.vehicle,
      trailer: units.trailer,
      facility: units.facility,
      locationId: this.site.locationId,
      cost: units.cost,
      // Asked of few: a list of free times names every teacher.
      teacherCost: () => this.teachers.cost(teacher, block),
    };
  }

  /** The same for each teacher, so looked for once. */
  private unitsAt(block: number): ThingsFree | undefined {
    if (this.known?.block !== block) this.known = { block, units: this.look(block) };
    return this.known.units;
  }

  private look(block: number): ThingsFree | undefined {
    let cost = 0;
    const found: (UnitTime | undefined)[] = [];
    for (const units of this.things) {
      const best = units?.best(block);
      if (units && !best) return undefined;
      found.push(best?.unit);
      cost += best?.cost ?? 0;
    }
    const [vehicle, trailer, facility] = found;
    return { vehicle, trailer, facility, cost };
  }
}

type ThingsFree = Pick<FreePlace, 'vehicle' | 'trailer' | 'facility' | 'cost'>;
