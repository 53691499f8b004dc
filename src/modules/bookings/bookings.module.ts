import { Module } from '@nestjs/common';
import { ClassesModule } from './classes/classes.module.js';
import { DayCancellationsModule } from './day-cancellations/day-cancellations.module.js';
import { DiaryViewsModule } from './diary-views/diary-views.module.js';
import { FeedsModule } from './feeds/feeds.module.js';
import { HoldsModule } from './holds/holds.module.js';
import { ExamsModule } from './exams/exams.module.js';
import { LessonsModule } from './lessons.module.js';
import { LiveDiaryModule } from './live/live-diary.module.js';
import { SeriesModule } from './series/series.module.js';
import { ScheduleChangesModule } from './schedule-changes/schedule-changes.module.js';
import { WaitingListModule } from './waiting-list/waiting-list.module.js';

/** The diary: lessons, and each area that builds on them. An area's module imports LessonsModule, and stands here. */
@Module({
  imports: [
    ClassesModule,
    DayCancellationsModule,
    DiaryViewsModule,
    ExamsModule,
    FeedsModule,
    HoldsModule,
    LessonsModule,
    LiveDiaryModule,
    ScheduleChangesModule,
    WaitingListModule,
    SeriesModule,
  ],
  exports: [
    ClassesModule,
    DayCancellationsModule,
    DiaryViewsModule,
    ExamsModule,
    LessonsModule,
    LiveDiaryModule,
    WaitingListModule,
  ],
})
export class BookingsModule {}
