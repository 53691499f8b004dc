import { Injectable } from '@nestjs/common';
import { type RawBuilder, sql } from 'kysely';
import type { Actor, PersonActor } from '../../../platform/auth/actor.js';
import { bins } from '../../../platform/database/query.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { localDate } from '../../../platform/values/zone.js';
import { Scheduling } from '../../schools/index.js';
import { isMinor } from '../domain/majority.js';
import { StudentNotFound } from '../domain/student-problems.js';
import { StudentDirectory, type StudentRecord } from './student-directory.js';

/** The students whose data somebody may touch. All others do not exist for him. */
export type StudentsInReach = readonly Id[] | 'all';

/** Whose data is whose, for every module: staff have the school's, a student his own, a guardian his wards' until they come of age. */
@Injectable()
export class OwnStudents {
  constructor(
    private readonly students: StudentDirectory,
    private readonly scheduling: Scheduling,
    private readonly clock: Clock,
  ) {}

  async of(actor: Actor): Promise<StudentsInReach> {
    return actor.isStaff ? 'all' : (await this.ownOf(actor)).map(({ id }) => id);
  }

  async includes(actor: Actor, studentId: Id): Promise<boolean> {
    return actor.isStaff || (await this.ownOf(actor)).some(({ id }) => id === studentId);
  }

  /** @throws StudentNotFound also when it is none of the actor's business */
  async get(actor: Actor, studentId: Id): Promise<StudentRecord> {
    if (actor.isStaff) return this.students.get(studentId);
    const own = (await this.ownOf(actor)).find(({ id }) => id === studentId);
    if (!own) throw new StudentNotFound();
    return own;
  }

  /** The student a request is about: the named one, else the only one in reach. Null when that leaves it open. @throws StudentNotFound */
  async meant(actor: Actor, studentId: Id | undefined): Promise<StudentRecord | null> {
    if (studentId !== undefined) return this.get(actor, studentId);
    const own = actor.isStaff ? [] : await this.ownOf(actor);
    return own.length === 1 ? own[0]! : null;
  }

  /** Whose rows a list shows: of all in reach, or of the one that is asked for. @throws StudentNotFound */
  async asked(actor: Actor, studentId: Id | undefined): Promise<StudentsInReach> {
    return studentId === undefined ? this.of(actor) : [(await this.get(actor, studentId)).id];
  }

  /** Those for whom a guardian answers today, in the school's zone. */
  async wardsOf({ userId }: Actor): Promise<StudentRecord[]> {
    if (userId === null) return [];
    const [wards, { zone }] = await Promise.all([this.students.underGuardian(userId), this.scheduling.school()]);
    const today = localDate(this.clock.now(), zone);
    return wards.filter(({ birthDate }) => isMinor(birthDate, today));
  }

  private async ownOf(actor: PersonActor): Promise<StudentRecord[]> {
    const self = await this.students.byUser(actor.userId);
    const wards = actor.role === 'guardian' ? await this.wardsOf(actor) : [];
    return self ? [self, ...wards] : wards;
  }
}

/** The condition of a list that shows rows of these students alone. */
export function ofStudents(reach: StudentsInReach, column = 'student_id'): RawBuilder<boolean> {
  if (reach === 'all') return sql<boolean>`true`;
  if (reach.length === 0) return sql<boolean>`false`;
  return sql<boolean>`${sql.ref(column)} in (${sql.join(bins(reach))})`;
}
