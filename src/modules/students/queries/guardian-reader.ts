import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { type Asked, byAge, List } from '../../../platform/database/list.js';
import { bin, schoolQuery, type Tables } from '../../../platform/database/query.js';
import type { Page } from '../../../platform/http/paging.js';
import type { Id } from '../../../platform/values/id.js';
import type { LocalDate } from '../../../platform/values/zone.js';
import { PeopleElsewhere, UserContacts } from '../../identity/index.js';
import { GuardianNotFound } from '../domain/guardian-problems.js';
import type { GuardianshipSchema, Relation } from '../domain/guardianship.js';
import { comesOfAgeOn } from '../domain/majority.js';
import type { StudentSchema } from '../domain/student.js';
import { OwnStudents } from './own-students.js';

export interface GuardianView {
  readonly id: Id;
  readonly name: string;
  readonly email: string;
  readonly phone: string | null;
  readonly relation: Relation | null;
  /** When the student comes of age, which ends it; null while his birth date is unknown and nothing is in force. */
  readonly endsOn: LocalDate | null;
  readonly createdAt: Date;
}

export const guardianList = new List({
  id: 'guardianships.id',
  sorts: { createdAt: byAge },
  defaultSort: 'createdAt',
});

/** Who answers for a student. */
@Injectable()
export class GuardianReader {
  constructor(
    private readonly em: EntityManager,
    private readonly ownStudents: OwnStudents,
    private readonly contacts: UserContacts,
    private readonly elsewhere: PeopleElsewhere,
  ) {}

  /** @throws StudentNotFound */
  async list(actor: Actor, studentId: Id, asked: Asked<typeof guardianList>): Promise<Page<GuardianView>> {
    await this.ownStudents.get(actor, studentId);
    const { items, nextCursor } = await guardianList.page(selectGuardians(this.em, studentId), asked);
    return { items: await this.named(items), nextCursor };
  }

  /** @throws GuardianNotFound */
  async get(studentId: Id, guardianshipId: Id): Promise<GuardianView> {
    const row = await selectGuardians(this.em, studentId)
      .where('guardianships.id', '=', bin(guardianshipId))
      .executeTakeFirst();
    if (!row) throw new GuardianNotFound();
    return (await this.named([row]))[0]!;
  }

  private async named(rows: readonly Row[]): Promise<GuardianView[]> {
    const userIds = rows.map(({ userId }) => userId);
    const [contacts, elsewhere] = [await this.contacts.of(userIds), await this.elsewhere.among(userIds)];
    return rows.map(({ userId, birthDate, ...row }) => {
      const { name, email, phone } = contacts.get(userId)!;
      const shown = elsewhere.has(userId) ? { name: email, phone: null } : { name, phone };
      return { ...row, ...shown, email, endsOn: birthDate && comesOfAgeOn(birthDate) };
    });
  }
}

function selectGuardians(em: EntityManager, studentId: Id) {
  return schoolQuery<Tables<typeof GuardianshipSchema | typeof StudentSchema>>(em)
    .selectFrom('guardianships')
    .innerJoin('students', (on) =>
      on
        .onRef('students.school_id', '=', 'guardianships.school_id')
        .onRef('students.id', '=', 'guardianships.student_id'),
    )
    .select(['guardianships.id', 'guardianships.user_id as userId', 'guardianships.relation'])
    .select(['guardianships.created_at as createdAt', 'students.birth_date as birthDate'])
    .where('guardianships.student_id', '=', bin(studentId));
}

type Row = Awaited<ReturnType<ReturnType<typeof selectGuardians>['execute']>>[number];
