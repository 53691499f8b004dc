import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { isDuplicateKey, Transaction } from '../../../platform/database/transaction.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { InviteUser } from '../../identity/index.js';
import { ResourceRegistry, Scheduling, type LicenceClass } from '../../schools/index.js';
import { StudentEnrolled } from '../domain/events.js';
import { StudentExists } from '../domain/student-problems.js';
import { type NewStudent, Student, type StudentDetails } from '../domain/student.js';
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
    const [id] = await this.all([input]);
    return this.reader.byId(id!);
  }

  /** Many at once, in the order given, in as many statements as one takes. @throws InvalidBirthDate, StudentExists */
  @Transaction()
  async all(inputs: readonly EnrolStudentInput[]): Promise<Id[]> {
    const school = await this.scheduling.school();
    const invited = await this.inviteUser.all(
      'student',
      inputs.map(({ email, name, phone, invite }) => ({ email, name, phone, locale: school.locale, notify: invite })),
    );
    const resources = await this.resources.forPeople(invited.map(({ userId }) => userId));
    const students = inputs.map((input, n) => {
      const { userId } = invited[n]!;
      const { email, details } = withoutInvitation(input);
      const identity = { schoolId: school.id, userId, resourceId: resources.get(userId)!, email };
      return Student.enrol(identity, details, this.clock.now());
    });
    await this.em.persist(students).flush().catch(namingTheStudent);
    for (const { id, userId } of students) {
      await this.outbox.record(new StudentEnrolled({ studentId: id }));
      await this.audit.record({ action: 'student.enrolled', subjectId: id, details: { userId } });
    }
    return students.map(({ id }) => id);
  }
}

function withoutInvitation({ email, ...input }: EnrolStudentInput): { email: string; details: NewStudent } {
  const details = { ...input };
  delete details.invite;
  return { email, details };
}

function namingTheStudent(error: unknown): never {
  throw isDuplicateKey(error, 'students_school_id_user_id_unique') ? new StudentExists() : error;
}
