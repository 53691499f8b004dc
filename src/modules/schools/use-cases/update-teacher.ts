import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { changedFields } from '../../../platform/audit/changed-fields.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { assertAsSeen } from '../../../platform/http/conditional/precondition.js';
import type { Id } from '../../../platform/values/id.js';
import { Memberships } from '../../identity/index.js';
import { TeacherNotFound } from '../domain/school-problems.js';
import { Teacher, type TeacherChange } from '../domain/teacher.js';
import { LocationReader } from '../queries/location-reader.js';
import { Scheduling } from '../queries/scheduling.js';
import { TeacherReader, type TeacherView } from '../queries/teacher-reader.js';

/**
 * Changes what a teacher is called, teaches, or whether he works here at all: deactivated, he is signed out and has no access.
 * Lessons booked already stand.
 */
@Injectable()
export class UpdateTeacher {
  constructor(
    readonly em: EntityManager,
    private readonly scheduling: Scheduling,
    private readonly locations: LocationReader,
    private readonly reader: TeacherReader,
    private readonly memberships: Memberships,
    private readonly audit: Audit,
  ) {}

  /** @throws TeacherNotFound, UnknownLocation */
  @Transaction()
  async execute(teacherId: Id, change: TeacherChange): Promise<TeacherView> {
    // A booking that races this reads the teacher after its own bump.
    await this.scheduling.bumpScheduleVersion(teacherId);
    const teacher = await this.em.findOne(Teacher, { id: teacherId });
    if (!teacher) throw new TeacherNotFound();
    await assertAsSeen(() => this.reader.get({ isStaff: true }, teacherId));
    await this.locations.checkKnown([change.homeLocationId], 'homeLocationId');
    const wasActive = teacher.active;
    const fields = changedFields(teacher, change);
    teacher.change(change);
    await this.em.flush();
    const { active } = teacher;
    if (active !== wasActive) await this.letIn(teacher, active);
    await this.audit.record({ action: 'teacher.updated', subjectId: teacherId, details: { fields, active } });
    return this.reader.get({ isStaff: true }, teacherId);
  }

  private letIn({ userId }: Teacher, active: boolean): Promise<void> {
    return active ? this.memberships.add([userId], 'teacher') : this.memberships.remove(userId, 'teacher');
  }
}
