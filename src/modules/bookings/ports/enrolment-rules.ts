import type { SchedulableLessonType } from '../../schools/index.js';
import type { StudentRecord } from '../../students/index.js';

/** What a student's education says about a lesson he wants: is it his turn for it? */
export abstract class EnrolmentRules {
  abstract mayBook(student: StudentRecord, lessonType: SchedulableLessonType): Promise<boolean>;
}
