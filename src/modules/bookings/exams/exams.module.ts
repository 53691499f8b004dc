import { Module } from '@nestjs/common';
import { SchoolsModule } from '../../schools/index.js';
import { StudentsModule } from '../../students/index.js';
import { LessonsModule } from '../lessons.module.js';
import { LiveDiaryModule } from '../live/live-diary.module.js';
import { ExamSettingsController } from './http/exam-settings.controller.js';
import { ExamsController } from './http/exams.controller.js';
import { ExamDeadlines } from './jobs/exam-deadlines.js';
import { TellDiaryOfExams } from './jobs/tell-diary-of-exams.js';
import { ExamPrivacy } from './privacy/exam-privacy.js';
import { ExamEntries } from './queries/exam-entries.js';
import { ExamNews } from './queries/exam-news.js';
import { ExamReader } from './queries/exam-reader.js';
import { ExamSettingsReader } from './queries/exam-settings-reader.js';
import { ExamsForMessages } from './queries/exams-for-messages.js';
import { ExamsInDiary } from './queries/exams-in-diary.js';
import { OwnExams } from './queries/own-exams.js';
import { RetryWait } from './queries/retry-wait.js';
import { CancelExam } from './use-cases/cancel-exam.js';
import { ConfigureExams } from './use-cases/configure-exams.js';
import { ExamDrafts } from './use-cases/exam-drafts.js';
import { ExamPlacer } from './use-cases/exam-placer.js';
import { ExamsAtHand } from './use-cases/exams-at-hand.js';
import { MoveExam } from './use-cases/move-exam.js';
import { PlanExam } from './use-cases/plan-exam.js';
import { ReportExam } from './use-cases/report-exam.js';
import { UpdateExam } from './use-cases/update-exam.js';

/** Theory and practical tests: appointments with the authorities that take time in the diary. */
@Module({
  imports: [LessonsModule, LiveDiaryModule, SchoolsModule, StudentsModule],
  controllers: [ExamsController, ExamSettingsController],
  providers: [
    CancelExam,
    ConfigureExams,
    ExamDeadlines,
    ExamDrafts,
    ExamEntries,
    ExamNews,
    ExamPlacer,
    ExamPrivacy,
    ExamReader,
    ExamsAtHand,
    ExamSettingsReader,
    ExamsForMessages,
    ExamsInDiary,
    MoveExam,
    OwnExams,
    PlanExam,
    ReportExam,
    RetryWait,
    TellDiaryOfExams,
    UpdateExam,
  ],
  exports: [ExamsForMessages],
})
export class ExamsModule {}
