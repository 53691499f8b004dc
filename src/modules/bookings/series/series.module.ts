import { Module } from '@nestjs/common';
import { SchoolsModule } from '../../schools/index.js';
import { StudentsModule } from '../../students/index.js';
import { LessonsModule } from '../lessons.module.js';
import { BulkController } from './http/bulk.controller.js';
import { SeriesController } from './http/series.controller.js';
import { PreviewCancellations } from './queries/preview-cancellations.js';
import { PreviewLessons } from './queries/preview-lessons.js';
import { SeriesReader } from './queries/series-reader.js';
import { BookSeries } from './use-cases/book-series.js';
import { BookTimes } from './use-cases/book-times.js';
import { CancelLessons } from './use-cases/cancel-lessons.js';
import { CancellationCosts } from './use-cases/cancellation-costs.js';
import { LessonsBooker } from './use-cases/lessons-booker.js';
import { LessonsMover } from './use-cases/lessons-mover.js';
import { LessonsPlanner } from './use-cases/lessons-planner.js';
import { MoveLessons } from './use-cases/move-lessons.js';
import { MoveTargets } from './use-cases/move-targets.js';
import { SeriesLessons } from './use-cases/series-lessons.js';
import { WantedLessonsFinder } from './use-cases/wanted-lessons.js';

/** Several lessons at once: weekly series, and what is done to given times and bookings together. */
@Module({
  imports: [LessonsModule, SchoolsModule, StudentsModule],
  controllers: [BulkController, SeriesController],
  providers: [
    BookSeries,
    BookTimes,
    CancelLessons,
    CancellationCosts,
    LessonsBooker,
    LessonsMover,
    LessonsPlanner,
    MoveLessons,
    MoveTargets,
    PreviewCancellations,
    PreviewLessons,
    SeriesLessons,
    SeriesReader,
    WantedLessonsFinder,
  ],
})
export class SeriesModule {}
