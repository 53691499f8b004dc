import { Injectable } from '@nestjs/common';
import { personActor } from '../../../../platform/auth/actor.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../../platform/values/id.js';
import { Memberships } from '../../../identity/index.js';
import { Scheduling } from '../../../schools/index.js';
import { OwnStudents } from '../../../students/index.js';
import type { FeedReader } from '../domain/feed-policy.js';

/** What people are in the current school, for deciding which calendars they see. */
@Injectable()
export class FeedReaders {
  constructor(
    private readonly memberships: Memberships,
    private readonly scheduling: Scheduling,
    private readonly students: OwnStudents,
  ) {}

  async of(userId: Id): Promise<FeedReader> {
    const roles = await this.memberships.rolesOf(userId);
    return {
      roles,
      teacherId: roles.includes('teacher') ? await this.teacherOf(userId) : null,
      studentIds: await this.studentsOf(userId, roles),
    };
  }

  private async teacherOf(userId: Id): Promise<Id | null> {
    const teacher = await this.scheduling.teacherOf(userId);
    return teacher?.active ? teacher.id : null;
  }

  /** As a guardian he has his wards besides himself. */
  private async studentsOf(userId: Id, held: FeedReader['roles']): Promise<readonly Id[]> {
    const role = (['guardian', 'student'] as const).find((each) => held.includes(each));
    const reach = role ? await this.students.of(personActor(userId, currentSchool(), role)) : [];
    return reach === 'all' ? [] : reach;
  }
}
