import { defineEntity } from '@mikro-orm/core';
import { code, id, instant, schoolScoped } from '../../../platform/database/columns.js';
import { newId, type Id } from '../../../platform/values/id.js';
import type { LocalDate } from '../../../platform/values/zone.js';
import { GuardianOfHimself, StudentOfAge } from './guardian-problems.js';
import { isMinor } from './majority.js';

export const relations = ['mother', 'father', 'foster_parent', 'appointed', 'other'] as const;
export type Relation = (typeof relations)[number];

export const GuardianshipSchema = defineEntity({
  name: 'Guardianship',
  tableName: 'guardianships',
  ...schoolScoped,
  uniques: [
    { name: 'guardianships_school_id_id_unique', properties: ['schoolId', 'id'] },
    { name: 'guardianships_student_user_unique', properties: ['schoolId', 'studentId', 'userId'] },
  ],
  indexes: [
    { name: 'guardianships_school_user_index', properties: ['schoolId', 'userId'] },
    { name: 'guardianships_user_index', properties: ['userId'] },
  ],
  properties: {
    id: id().primary(),
    schoolId: id(),
    studentId: id(),
    userId: id(),
    relation: code<Relation>().nullable(),
    createdAt: instant(),
  },
});

interface Ward {
  readonly schoolId: Id;
  readonly id: Id;
  readonly userId: Id;
  readonly birthDate?: LocalDate | null;
}

/** Somebody answers for a student until he comes of age: reads, books, cancels and pays for him. */
export class Guardianship extends GuardianshipSchema.class {
  /** @throws StudentOfAge, GuardianOfHimself */
  static of(
    ward: Ward,
    userId: Id,
    relation: Relation | null,
    { at, today }: { readonly at: Date; readonly today: LocalDate },
  ): Guardianship {
    if (!isMinor(ward.birthDate ?? null, today)) throw new StudentOfAge();
    if (ward.userId === userId) throw new GuardianOfHimself();
    const guardianship = new Guardianship();
    const { schoolId, id: studentId } = ward;
    return Object.assign(guardianship, { id: newId(), schoolId, studentId, userId, relation, createdAt: at });
  }
}
GuardianshipSchema.setClass(Guardianship);
