import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import { mapPage, type Page } from '../../../../platform/http/paging.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { Scheduling } from '../../../schools/index.js';
import { OwnStudents } from '../../../students/index.js';
import { rangeOf, type AskedDates } from '../../queries/date-range.js';
import { ExamNotFound } from '../domain/exam-problems.js';
import { ExamReader, type ExamsAsked, type ExamView } from './exam-reader.js';

export type ExamsQuestion = AskedDates & ExamsAsked & { readonly studentId?: Id };

/** Exams as their reader may see them: staff the school's, everybody else those of his own students. */
@Injectable()
export class OwnExams {
  constructor(
    private readonly exams: ExamReader,
    private readonly clock: Clock,
    private readonly scheduling: Scheduling,
    private readonly ownStudents: OwnStudents,
  ) {}

  /** @throws ExamNotFound also when it is somebody else's */
  async get(actor: Actor, examId: Id): Promise<ExamView> {
    const exam = await this.exams.get(examId);
    if (!(await this.ownStudents.includes(actor, exam.student.id))) throw new ExamNotFound();
    return seenBy(actor, exam);
  }

  /** @throws RangeInvalid | StudentNotFound also when a student asks for another's exams */
  async list(actor: Actor, question: ExamsQuestion): Promise<Page<ExamView>> {
    const { zone } = await this.scheduling.school();
    const range = rangeOf(question, zone, this.clock.now(), { defaultDays: 180, maxDays: 366 });
    const exams = await this.exams.list(range, await this.ownStudents.asked(actor, question.studentId), question);
    return mapPage(exams, (exam) => seenBy(actor, exam));
  }
}

/** What is to be remembered of an exam is the staff's own. */
function seenBy({ isStaff }: Actor, exam: ExamView): ExamView {
  return isStaff ? exam : { ...exam, note: null };
}
