import type { Id } from '../../../../platform/values/id.js';
import type { BusyDay } from './busy-mask.js';
import { SlotGrid } from './slot-grid.js';
import { startOfSlot, type SlotSpan } from './slots.js';

/** What a lesson takes, in quarter hours; setup and buffer burden teacher and vehicle, not the student. */
export interface LessonSlots {
  readonly setup: number;
  readonly lesson: number;
  readonly buffer: number;
}

export interface TeacherTime {
  readonly id: Id;
  readonly resourceId: number;
  readonly name: string;
  /** Working hours as UTC quarter hours, time off not yet taken out. */
  readonly hours: readonly SlotSpan[];
  readonly timeOff: readonly SlotSpan[];
  readonly busy: readonly BusyDay[];
}

export interface VehicleTime {
  readonly id: Id;
  readonly resourceId: number;
  readonly busy: readonly BusyDay[];
}

/** Everybody's time around a window: what free times are computed from. */
export interface LessonSupply {
  /** Lessons start in it; half-open. */
  readonly window: SlotSpan;
  readonly slots: LessonSlots;
  readonly teachers: readonly TeacherTime[];
  /** Busy times of the student, when it is known who will come. */
  readonly student?: readonly BusyDay[];
  /** The vehicles that would do, in order of preference; absent when the lesson needs none. */
  readonly vehicles?: readonly VehicleTime[];
}

/** A start at which a lesson could be, with whom and in what. */
export interface FreePlace {
  readonly start: number;
  readonly teacher: TeacherTime;
  readonly vehicle: VehicleTime | undefined;
}

/** A free time as it is offered. */
export interface FreeTime {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly teacherId: Id;
  readonly teacherName: string;
  readonly vehicleId?: Id;
}

/** Every start at which a teacher, the student and (when needed) one vehicle are all free: by time, then in the order of the teachers. */
export function* freePlaces(supply: LessonSupply): Generator<FreePlace> {
  const { window, slots, teachers } = supply;
  const needed = slots.setup + slots.lesson + slots.buffer;
  const around = windowAround(supply);
  const teacherRuns = teachers.map((teacher) => teacherGrid(around, teacher).runs());
  const studentRuns = supply.student && SlotGrid.open(around).without(supply.student).runs();
  const vehicleAt = vehicleFinder(around, needed, supply.vehicles);

  for (let start = window.first; start < window.end; start++) {
    const block = start - slots.setup - around.first;
    if (studentRuns && studentRuns[block + slots.setup]! < slots.lesson) continue;
    const vehicle = vehicleAt(block);
    if (vehicle === NONE_FREE) continue;
    for (let i = 0; i < teachers.length; i++) {
      if (teacherRuns[i]![block]! >= needed) yield { start, teacher: teachers[i]!, vehicle };
    }
  }
}

export function freeTimeAt({ start, teacher, vehicle }: FreePlace, { lesson }: LessonSlots): FreeTime {
  return {
    startsAt: startOfSlot(start),
    endsAt: startOfSlot(start + lesson),
    teacherId: teacher.id,
    teacherName: teacher.name,
    ...(vehicle && { vehicleId: vehicle.id }),
  };
}

/** Why the window's first start is not free. */
export interface Hindrance {
  /** None of the teachers works then, busy or not. */
  readonly nobodyAtWork: boolean;
  readonly teacher: boolean;
  readonly student: boolean;
  readonly vehicle: boolean;
}

/** What is in the way of a lesson at the window's first start. Each is asked alone, so several may be. */
export function hindranceOf(supply: LessonSupply): Hindrance {
  const { window, slots, teachers, student, vehicles } = supply;
  const around = windowAround(supply);
  const lesson = { first: window.first, end: window.first + slots.lesson };
  const block = { first: lesson.first - slots.setup, end: lesson.end + slots.buffer };
  const isFree = (busy: readonly BusyDay[], span: SlotSpan) => SlotGrid.open(around).without(busy).isOpen(span);
  return {
    nobodyAtWork: !teachers.some((teacher) => teacherGrid(around, { ...teacher, busy: [] }).isOpen(block)),
    teacher: !teachers.some((teacher) => teacherGrid(around, teacher).isOpen(block)),
    student: student !== undefined && !isFree(student, lesson),
    vehicle: vehicles !== undefined && !vehicles.some(({ busy }) => isFree(busy, block)),
  };
}

/** The window with the room that its first and last lesson take around it. */
function windowAround({ window, slots }: LessonSupply): SlotSpan {
  return { first: window.first - slots.setup, end: window.end + slots.lesson + slots.buffer };
}

/** The quarter hours in which a teacher is at work and not busy. */
function teacherGrid(window: SlotSpan, { hours, timeOff, busy }: TeacherTime): SlotGrid {
  return SlotGrid.closed(window).opened(hours).closed(timeOff).without(busy);
}

const NONE_FREE = Symbol('no vehicle is free');
type VehicleChoice = VehicleTime | undefined | typeof NONE_FREE;

/** The first vehicle of the list that is free for the whole block: always the same answer to the same question. */
function vehicleFinder(
  around: SlotSpan,
  needed: number,
  vehicles?: readonly VehicleTime[],
): (block: number) => VehicleChoice {
  if (!vehicles) return () => undefined;
  const runs = vehicles.map((vehicle) => SlotGrid.open(around).without(vehicle.busy).runs());
  return (block) => vehicles[runs.findIndex((run) => run[block]! >= needed)] ?? NONE_FREE;
}
