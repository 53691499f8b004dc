import { Injectable } from '@nestjs/common';
import type { EventOf } from '../../../platform/outbox/event.js';
import { Handles } from '../../../platform/outbox/handles.js';
import { StudentDirectory, StudentEnrolled, StudentStatusChanged } from '../../students/index.js';
import { EndTheoryLink } from '../use-cases/end-theory-link.js';
import { RequestTheoryLink } from '../use-cases/request-theory-link.js';

/** Links who comes, and ends the link of who has left or is through. Somebody who pauses keeps his. */
@Injectable()
export class FollowStudents {
  constructor(
    private readonly students: StudentDirectory,
    private readonly request: RequestTheoryLink,
    private readonly end: EndTheoryLink,
  ) {}

  @Handles(StudentEnrolled, { name: 'education.link-enrolled' })
  enrolled({ payload: { studentId } }: EventOf<StudentEnrolled>): Promise<void> {
    return this.request.asConfigured(studentId);
  }

  /** As he is now: of two changes the later one may be told first. */
  @Handles(StudentStatusChanged, { name: 'education.follow-status' })
  async moved({ payload: { studentId } }: EventOf<StudentStatusChanged>): Promise<void> {
    const { status } = await this.students.get(studentId);
    if (status === 'left' || status === 'completed') await this.end.execute(studentId);
    if (status === 'active') await this.request.asConfigured(studentId);
  }
}
