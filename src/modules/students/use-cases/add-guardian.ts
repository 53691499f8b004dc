import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { isDuplicateKey, Transaction } from '../../../platform/database/transaction.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { localDate } from '../../../platform/values/zone.js';
import { InviteUser } from '../../identity/index.js';
import { Scheduling } from '../../schools/index.js';
import { GuardianExists } from '../domain/guardian-problems.js';
import { Guardianship, type Relation } from '../domain/guardianship.js';
import { StudentNotFound } from '../domain/student-problems.js';
import { Student } from '../domain/student.js';
import { GuardianReader, type GuardianView } from '../queries/guardian-reader.js';

export interface AddGuardianInput {
  readonly name: string;
  readonly email: string;
  readonly phone?: string | null;
  readonly relation?: Relation | null;
}

/** Makes somebody the guardian of a student under age, and invites him by e-mail. */
@Injectable()
export class AddGuardian {
  constructor(
    readonly em: EntityManager,
    private readonly inviteUser: InviteUser,
    private readonly scheduling: Scheduling,
    private readonly reader: GuardianReader,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @throws StudentNotFound, StudentOfAge, GuardianOfHimself, GuardianExists */
  @Transaction()
  async execute(studentId: Id, { relation = null, ...person }: AddGuardianInput): Promise<GuardianView> {
    const student = await this.em.findOne(Student, { id: studentId });
    if (!student) throw new StudentNotFound();
    const { zone, locale } = await this.scheduling.school();
    const { userId } = await this.inviteUser.execute({ ...person, role: 'guardian', locale });
    const at = this.clock.now();
    const guardianship = Guardianship.of(student, userId, relation, { at, today: localDate(at, zone) });
    await this.em.persist(guardianship).flush().catch(namingTheGuardian);
    const details = { guardianshipId: guardianship.id, guardian: userId };
    await this.audit.record({ action: 'student.guardian_added', subjectId: studentId, details });
    return this.reader.get(studentId, guardianship.id);
  }
}

function namingTheGuardian(error: unknown): never {
  throw isDuplicateKey(error, 'guardianships_student_user_unique') ? new GuardianExists() : error;
}
