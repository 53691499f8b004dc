import { defineEntity, p } from '@mikro-orm/core';
import { code, id, instant, int, schoolScoped, text } from '../../../../platform/database/columns.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import { TimeRange } from '../../../../platform/values/time-range.js';
import { ClassIsCancelled, ClassStarted } from './course-problems.js';
import type { DatedSession } from './session-dates.js';

export const classSessionStates = ['planned', 'cancelled'] as const;
export type ClassSessionState = (typeof classSessionStates)[number];

export const ClassSessionSchema = defineEntity({
  name: 'ClassSession',
  tableName: 'class_sessions',
  ...schoolScoped,
  uniques: [
    { name: 'class_sessions_school_id', properties: ['schoolId', 'id'] },
    { name: 'class_sessions_number', properties: ['courseId', 'number'] },
  ],
  indexes: [
    { name: 'class_sessions_diary', properties: ['schoolId', 'startsAt', 'id'] },
    { name: 'class_sessions_course', properties: ['schoolId', 'courseId', 'startsAt', 'id'] },
    { name: 'class_sessions_teacher', properties: ['schoolId', 'teacherId', 'startsAt', 'id'] },
    { name: 'class_sessions_room', properties: ['schoolId', 'roomId', 'startsAt', 'id'] },
    { name: 'class_sessions_location', properties: ['schoolId', 'locationId'] },
    { name: 'class_sessions_starting', properties: ['startsAt', 'state'] },
    { name: 'class_sessions_topic', properties: ['schoolId', 'topic', 'startsAt', 'id'] },
  ],
  properties: {
    id: id().primary(),
    schoolId: id(),
    courseId: id(),
    /** From 1 on, in the order of the plan; it stays when the session is moved. */
    number: int(),
    topic: text(120),
    startsAt: instant(),
    endsAt: instant(),
    teacherId: id(),
    roomId: id().nullable(),
    /** Which of the room's places, when more than one class may be in it at once. */
    roomPlace: p.smallint().unsigned().default(0),
    /** Where the room was when it was planned or moved. */
    locationId: id().nullable(),
    state: code<ClassSessionState>(),
    cancelReason: text(500).nullable(),
    /** Counts its changes. */
    version: int().default(1),
    /** Null: as it was planned. */
    changedAt: instant().nullable(),
  },
});

/** Who teaches it, and where. */
export interface ClassPlace {
  readonly teacherId: Id;
  readonly roomId: Id | null;
  readonly roomPlace: number;
  readonly locationId: Id | null;
}

/** One evening of a course. It claims its teacher and its room; each student claims his own time by his attendance. */
export class ClassSession extends ClassSessionSchema.class {
  static of(
    { id: courseId, schoolId }: { id: Id; schoolId: Id },
    dated: DatedSession,
    place: ClassPlace,
  ): ClassSession {
    const rest = { id: newId(), schoolId, courseId, state: 'planned' as const, cancelReason: null };
    const unchanged = { version: 1, changedAt: null };
    return Object.assign(new ClassSession(), dated, place, rest, unchanged);
  }

  get time(): TimeRange {
    return new TimeRange(this.startsAt, this.endsAt);
  }

  /** @throws ClassIsCancelled | ClassStarted */
  assertAhead(now: Date): void {
    if (this.state === 'cancelled') throw new ClassIsCancelled();
    if (this.startsAt <= now) throw new ClassStarted();
  }

  /** The same length at another time. @throws ClassIsCancelled */
  move(startsAt: Date, place: ClassPlace, at: Date): void {
    if (this.state === 'cancelled') throw new ClassIsCancelled();
    this.endsAt = TimeRange.ofMinutes(startsAt, this.time.minutes).end;
    this.startsAt = startsAt;
    Object.assign(this, place);
    this.noteChange(at);
  }

  /** @throws ClassIsCancelled */
  cancel(reason: string | null, at: Date): void {
    if (this.state === 'cancelled') throw new ClassIsCancelled();
    this.state = 'cancelled';
    this.cancelReason = reason;
    this.noteChange(at);
  }

  private noteChange(at: Date): void {
    this.version += 1;
    this.changedAt = at;
  }
}
ClassSessionSchema.setClass(ClassSession);
