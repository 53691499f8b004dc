import type { Id } from '../../../../platform/values/id.js';
import type { BusyDay } from './busy-mask.js';
import { SlotGrid } from './slot-grid.js';
import { startOfSlot, type SlotSpan } from './slots.js';

/** What a lesson takes, in quarter hours; setup and buffer burden teacher and vehicle, not the student. */
export interface LessonLength {
  readonly setup: number;
  readonly lesson: number;
  readonly buffer: number;
}

export interface TeacherTime {
  readonly teacherId: Id;
  readonly name: string;
  /** Working hours as UTC quarter hours, time off not yet taken out. */
  readonly hours: readonly SlotSpan[];
  readonly timeOff: readonly SlotSpan[];
  readonly busy: readonly BusyDay[];
}

export interface VehicleTime {
  readonly vehicleId: Id;
  readonly busy: readonly BusyDay[];
}

export interface FreeTimesRequest {
  /** Lessons start in it; half-open. */
  readonly window: SlotSpan;
  readonly length: LessonLength;
  readonly teachers: readonly TeacherTime[];
  /** Busy times of the student, when it is known who will come. */
  readonly student?: readonly BusyDay[];
  /** The vehicles that would do, in order of preference; absent when the lesson needs none. */
  readonly vehicles?: readonly VehicleTime[];
}

export interface FreeTime {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly teacherId: Id;
  readonly teacherName: string;
  readonly vehicleId?: Id;
}

/** Every start at which a teacher, the student and (when needed) one vehicle are all free, by time, then in the order of the teachers. */
export function* freeTimes(request: FreeTimesRequest): Generator<FreeTime> {
  const { window, length, teachers } = request;
  const needed = length.setup + length.lesson + length.buffer;
  const grid = { first: window.first - length.setup, end: window.end + length.lesson + length.buffer };
  const teacherRuns = teachers.map((teacher) => teacherGrid(grid, teacher).runs());
  const studentRuns = request.student && SlotGrid.open(grid).without(request.student).runs();
  const vehicleAt = vehicleFinder(grid, needed, request.vehicles);

  for (let start = window.first; start < window.end; start++) {
    const block = start - length.setup - grid.first;
    if (studentRuns && studentRuns[block + length.setup]! < length.lesson) continue;
    const vehicle = vehicleAt(block);
    if (vehicle === NONE_FREE) continue;
    for (const [index, runs] of teacherRuns.entries()) {
      if (runs[block]! >= needed) yield freeTime(start, length.lesson, teachers[index]!, vehicle);
    }
  }
}

/** The quarter hours in which a teacher is at work and not busy. */
export function teacherGrid(window: SlotSpan, teacher: Omit<TeacherTime, 'teacherId' | 'name'>): SlotGrid {
  return SlotGrid.closed(window).opened(teacher.hours).closed(teacher.timeOff).without(teacher.busy);
}

const NONE_FREE = Symbol('no vehicle is free');
type VehicleChoice = VehicleTime | undefined | typeof NONE_FREE;

/** The first vehicle of the list that is free for the whole block: always the same answer to the same question. */
function vehicleFinder(grid: SlotSpan, needed: number, vehicles?: readonly VehicleTime[]): (block: number) => VehicleChoice {
  if (!vehicles) return () => undefined;
  const runs = vehicles.map((vehicle) => SlotGrid.open(grid).without(vehicle.busy).runs());
  return (block) => vehicles[runs.findIndex((run) => run[block]! >= needed)] ?? NONE_FREE;
}

function freeTime(start: number, lesson: number, teacher: TeacherTime, vehicle?: VehicleTime): FreeTime {
  return {
    startsAt: startOfSlot(start),
    endsAt: startOfSlot(start + lesson),
    teacherId: teacher.teacherId,
    teacherName: teacher.name,
    ...(vehicle && { vehicleId: vehicle.vehicleId }),
  };
}
