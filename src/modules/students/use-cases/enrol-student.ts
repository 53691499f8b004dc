import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { isDuplicateKey, Transaction } from '../../../platform/database/transaction.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import { Clock } from '../../../platform/values/clock.js';
import { InviteUser } from '../../identity/index.js';
import { ResourceRegistry, Scheduling, type LicenceClass } from '../../schools/index.js';
import { StudentEnrolled } from '../domain/events.js';
import { StudentExists } from '../domain/student-problems.js';
import { Student, type StudentDetails } from '../domain/student.js';
import { StudentReader, type StudentView } from '../queries/student-reader.js';

export interface EnrolStudentInput extends Partial<Omit<StudentDetails, 'name' | 'licenceClass'>> {
  readonly name: string;
  readonly email: string;
  readonly licenceClass: LicenceClass;
  /** False: no invitation is sent. */
  readonly invite?: boolean;
}

/** Makes somebody a student of the school, and invites him by e-mail to set a password unless told not to. */
@Injectable()
export class EnrolStudent {
  constructor(
    readonly em: EntityManager,
    private readonly inviteUser: InviteUser,
    private readonly resources: ResourceRegistry,
    private readonly scheduling: Scheduling,
    private readonly reader: StudentReader,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** @throws InvalidBirthDate, StudentExists */
  @Transaction()
  async execute(input: EnrolStudentInput): Promise<StudentView> {
    const { email, invite, ...details } = input;
    const school = await this.scheduling.school();
    const { userId } = await this.inviteUser.execute({
      email,
      name: details.name,
      phone: details.phone ?? undefined,
      role: 'student',
      locale: school.locale,
      notify: invite,
    });
    const resourceId = await this.resources.forPerson(userId);
    const student = Student.enrol({ schoolId: school.id, userId, resourceId, email }, details, this.clock.now());
    await this.em.persist(student).flush().catch(namingTheStudent);
    await this.outbox.record(new StudentEnrolled({ studentId: student.id }));
    await this.audit.record({ action: 'student.enrolled', subjectId: student.id, details: { userId } });
    return this.reader.byId(student.id);
  }
}

function namingTheStudent(error: unknown): never {
  throw isDuplicateKey(error, 'students_school_id_user_id_unique') ? new StudentExists() : error;
}
