import { Module } from '@nestjs/common';
import { FinanceModule } from '../../finance/index.js';
import { SchoolsModule } from '../../schools/index.js';
import { StudentsModule } from '../../students/index.js';
import { ClassesModule } from '../classes/classes.module.js';
import { LessonsModule } from '../lessons.module.js';
import { WaitingListModule } from '../waiting-list/waiting-list.module.js';
import { DayCancellationsController } from './http/day-cancellations.controller.js';
import { RunDayCancellations } from './jobs/run-day-cancellations.js';
import { AffectedLessons } from './queries/affected-lessons.js';
import { DayCancellationReader } from './queries/day-cancellation-reader.js';
import { DaysForMessages } from './queries/day-for-message.js';
import { ListedClasses } from './queries/listed-classes.js';
import { ListedLessons } from './queries/listed-lessons.js';
import { PreviewDay } from './queries/preview-day.js';
import { RebookingSearch } from './queries/rebooking-search.js';
import { CancelClassOfDay } from './use-cases/cancel-class-of-day.js';
import { CancelDay } from './use-cases/cancel-day.js';
import { CancelLessonsOfDay } from './use-cases/cancel-lessons-of-day.js';
import { CancelStudentsDay } from './use-cases/cancel-students-day.js';
import { ReleaseHoldsOfDay } from './use-cases/release-holds-of-day.js';

/** Days on which nobody can be taught, cancelled in one go. */
@Module({
  imports: [ClassesModule, FinanceModule, LessonsModule, SchoolsModule, StudentsModule, WaitingListModule],
  controllers: [DayCancellationsController],
  providers: [
    AffectedLessons,
    CancelClassOfDay,
    CancelDay,
    CancelLessonsOfDay,
    CancelStudentsDay,
    DayCancellationReader,
    DaysForMessages,
    ListedClasses,
    ListedLessons,
    PreviewDay,
    RebookingSearch,
    ReleaseHoldsOfDay,
    RunDayCancellations,
  ],
  exports: [DaysForMessages],
})
export class DayCancellationsModule {}
