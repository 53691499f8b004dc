import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { isDuplicateKey, Transaction } from '../../../platform/database/transaction.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { localDate } from '../../../platform/values/zone.js';
import { InviteUser } from '../../identity/index.js';
import type { LicenceClass } from '../domain/licence-class.js';
import { TeacherExists } from '../domain/school-problems.js';
import { Teacher } from '../domain/teacher.js';
import { checkWeek } from '../domain/week.js';
import { WorkingHours, type WeeklyHours } from '../domain/working-hours.js';
import { LocationReader } from '../queries/location-reader.js';
import { Scheduling, type SchoolSettings } from '../queries/scheduling.js';
import { TeacherReader, type TeacherView } from '../queries/teacher-reader.js';
import { ResourceRegistry } from './resource-registry.js';

export interface AddTeacherInput {
  readonly name: string;
  readonly email: string;
  readonly phone?: string | null;
  readonly licenceClasses: readonly LicenceClass[];
  readonly homeLocationId?: Id | null;
  readonly workingHours: readonly WeeklyHours[];
}

/** Employs a teacher, invites him by e-mail, and gives him his hours from today on. */
@Injectable()
export class AddTeacher {
  constructor(
    readonly em: EntityManager,
    private readonly inviteUser: InviteUser,
    private readonly resources: ResourceRegistry,
    private readonly scheduling: Scheduling,
    private readonly locations: LocationReader,
    private readonly reader: TeacherReader,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** @throws InvalidWorkingHours, TeacherExists, UnknownLocation */
  @Transaction()
  async execute(input: AddTeacherInput): Promise<TeacherView> {
    checkWeek(input.workingHours);
    await this.locations.checkKnown([input.homeLocationId], 'homeLocationId');
    const school = await this.scheduling.school();
    const { userId } = await this.invite(input, school);
    const teacher = await this.hire(input, school, userId);
    const today = localDate(this.clock.now(), school.zone);
    this.em.persist(input.workingHours.map((hours) => WorkingHours.from(today, school.id, teacher.id, hours)));
    await this.em.flush();
    await this.audit.record({ action: 'teacher.added', subjectId: teacher.id, details: { userId } });
    return this.reader.get({ isStaff: true }, teacher.id);
  }

  private invite({ email, name, phone }: AddTeacherInput, { locale }: SchoolSettings) {
    return this.inviteUser.execute({ email, name, phone: phone ?? undefined, role: 'teacher', locale });
  }

  private async hire(input: AddTeacherInput, school: SchoolSettings, userId: Id): Promise<Teacher> {
    const { name, email, phone = null, licenceClasses, homeLocationId = null } = input;
    const resourceId = await this.resources.forPerson(userId);
    const details = { schoolId: school.id, userId, resourceId, name, email, phone, licenceClasses, homeLocationId };
    const teacher = Teacher.hire(details, this.clock.now());
    await this.em.persist(teacher).flush().catch(namingTheTeacher);
    return teacher;
  }
}

function namingTheTeacher(error: unknown): never {
  throw isDuplicateKey(error, 'teachers_school_id_user_id_unique') ? new TeacherExists() : error;
}
