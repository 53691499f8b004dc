import { Injectable } from '@nestjs/common';
import type { EventOf } from '../../../platform/outbox/event.js';
import { type Delivered, Handles, HandlesMany, type Outcomes, Postponed } from '../../../platform/outbox/handles.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { StudentDirectory, StudentEnrolled, StudentStatusChanged } from '../../students/index.js';
import { LinkingSchools } from '../queries/linking-schools.js';
import { EndTheoryLink } from '../use-cases/end-theory-link.js';
import { RequestTheoryLink } from '../use-cases/request-theory-link.js';

/** Links who comes, and ends the link of who has left or is through. Somebody who pauses keeps his. */
@Injectable()
export class FollowStudents {
  constructor(
    private readonly students: StudentDirectory,
    private readonly schools: LinkingSchools,
    private readonly request: RequestTheoryLink,
    private readonly end: EndTheoryLink,
    private readonly clock: Clock,
  ) {}

  /** Most schools link nobody when he enrols, and a list brings hundreds: which do is asked once. */
  @HandlesMany(StudentEnrolled, { name: 'education.link-enrolled', lane: () => 'main' })
  async enrolled(events: readonly Delivered<StudentEnrolled>[], stop: AbortSignal): Promise<Outcomes> {
    const linking = await this.schools.among(events.flatMap(({ schoolId }) => schoolId ?? []));
    const outcomes = new Map<Id, Error>();
    for (const event of events) {
      const { id, schoolId, payload } = event;
      if (!schoolId || !linking.has(schoolId)) continue;
      if (stop.aborted) {
        outcomes.set(id, new Postponed(this.clock.now(), 'the process stops'));
        continue;
      }
      const linked = event.within(() => this.request.asConfigured(payload.studentId));
      await linked.catch((error: Error) => outcomes.set(id, error));
    }
    return outcomes;
  }

  /** As he is now: of two changes the later one may be told first. */
  @Handles(StudentStatusChanged, { name: 'education.follow-status' })
  async moved({ payload: { studentId } }: EventOf<StudentStatusChanged>): Promise<void> {
    const { status } = await this.students.get(studentId);
    if (status === 'left' || status === 'completed') await this.end.execute(studentId);
    if (status === 'active') await this.request.asConfigured(studentId);
  }
}
