import { defineEntity } from '@mikro-orm/core';
import {
  bool,
  code,
  id,
  instant,
  localDate,
  schoolScoped,
  sealed,
  text,
} from '../../../../platform/database/columns.js';
import { type Id, newId } from '../../../../platform/values/id.js';
import type { LocalDate } from '../../../../platform/values/zone.js';

export const erasureReasons = ['student_asked', 'guardian_asked', 'not_needed'] as const;
export type ErasureReason = (typeof erasureReasons)[number];

/** `kept`: the law keeps something, and its day is known. */
export type PartState = 'open' | 'kept' | 'done';

export const StudentErasureSchema = defineEntity({
  name: 'StudentErasure',
  tableName: 'student_erasures',
  ...schoolScoped,
  uniques: [
    { name: 'student_erasures_school_id', properties: ['schoolId', 'id'] },
    { name: 'student_erasures_student', properties: ['schoolId', 'studentId'] },
  ],
  properties: {
    id: id().primary(),
    schoolId: id(),
    studentId: id(),
    reason: code<ErasureReason>(),
    /** The user who asked for it; null for an operator. */
    requestedBy: id().nullable(),
    requestedAt: instant(),
    /** Name and birth date, sealed, for as long as something that is kept tells nobody anything without them. */
    identity: sealed().nullable(),
    /** When the student's own row was emptied; null until every part has been seen to. */
    erasedAt: instant().nullable(),
  },
});

export const ErasurePartSchema = defineEntity({
  name: 'ErasurePart',
  tableName: 'student_erasure_parts',
  ...schoolScoped,
  indexes: [{ name: 'student_erasure_parts_due', properties: ['state', 'dueOn'] }],
  properties: {
    schoolId: id().primary(),
    erasureId: id().primary(),
    part: text(40).primary(),
    state: code<PartState>(),
    dueOn: localDate().nullable(),
    needsIdentity: bool(),
  },
});

/** A student on his way out of the system. */
export class StudentErasure extends StudentErasureSchema.class {
  static of(origin: {
    readonly schoolId: Id;
    readonly studentId: Id;
    readonly reason: ErasureReason;
    readonly requestedBy: Id | null;
    readonly requestedAt: Date;
  }): StudentErasure {
    return Object.assign(new StudentErasure(), origin, { id: newId(), identity: null, erasedAt: null });
  }
}
StudentErasureSchema.setClass(StudentErasure);

/** What one part of the school does about it. */
export class ErasurePart extends ErasurePartSchema.class {
  static of(erasure: StudentErasure, part: string): ErasurePart {
    const { schoolId, id: erasureId } = erasure;
    return Object.assign(new ErasurePart(), { schoolId, erasureId, part }, nothingKept, { state: 'open' });
  }

  isDue(today: LocalDate): boolean {
    return this.state === 'open' || (this.state === 'kept' && this.dueOn! <= today);
  }

  keeps(until: LocalDate, needsIdentity: boolean): void {
    Object.assign(this, { state: 'kept', dueOn: until, needsIdentity });
  }

  isDone(): void {
    Object.assign(this, { state: 'done' }, nothingKept);
  }
}
ErasurePartSchema.setClass(ErasurePart);

const nothingKept = { dueOn: null, needsIdentity: false } as const;
