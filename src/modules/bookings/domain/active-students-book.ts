import type { SchedulableLessonType } from '../../schools/index.js';
import type { StudentRecord } from '../../students/index.js';
import { EnrolmentRules } from '../ports/enrolment-rules.js';

/** Schools that follow no curriculum in the system: whoever is active may book whatever is taught. */
export class ActiveStudentsBook extends EnrolmentRules {
  async mayBook({ status }: StudentRecord, _lessonType: SchedulableLessonType): Promise<boolean> {
    return status === 'active';
  }
}
