import { Module } from '@nestjs/common';
import { DiscoveryModule } from '../../../platform/discovery/discovery.module.js';
import { SchoolsModule } from '../../schools/index.js';
import { LessonsModule } from '../lessons.module.js';
import { OrphansModule } from '../orphans.module.js';
import { DiaryViewController } from './http/diary-view.controller.js';
import { PrintWeek } from './print/print-week.js';
import { DiaryItemsIn } from './queries/diary-items-in.js';
import { DiaryView } from './queries/diary-view.js';

/** The diary as a wall planner shows it, on screen and on paper. */
@Module({
  imports: [DiscoveryModule, LessonsModule, OrphansModule, SchoolsModule],
  controllers: [DiaryViewController],
  providers: [DiaryItemsIn, DiaryView, PrintWeek],
  exports: [DiaryItemsIn],
})
export class DiaryViewsModule {}
