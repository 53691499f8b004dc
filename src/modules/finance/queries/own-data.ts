import { Injectable } from '@nestjs/common';
import { StudentDirectory } from '../../students/index.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { ResourceNotFound } from '../../../platform/http/request-problems.js';
import type { Id } from '../../../platform/values/id.js';

/** Staff see every student's money, a student only his own. */
@Injectable()
export class OwnData {
  constructor(private readonly students: StudentDirectory) {}

  /** The one student whose rows the actor may touch; null for staff, who may touch all. @throws ResourceNotFound for anybody else */
  async studentOf(actor: Actor): Promise<Id | null> {
    if (actor.isStaff) return null;
    const student = await this.students.byUser(actor.userId);
    if (!student) throw new ResourceNotFound();
    return student.id;
  }

  /** @throws ResourceNotFound when these are another student's rows */
  async check(actor: Actor, studentId: Id): Promise<void> {
    const own = await this.studentOf(actor);
    if (own && own !== studentId) throw new ResourceNotFound();
  }
}
