import { Module } from '@nestjs/common';
import { DiscoveryModule } from '../../../platform/discovery/discovery.module.js';
import { SchoolsModule } from '../../schools/index.js';
import { LessonsModule } from '../lessons.module.js';
import { ScheduleChangesController } from './http/schedule-changes.controller.js';
import { SickLeaveController } from './http/sick-leave.controller.js';
import { AffectedBookings } from './queries/affected-bookings.js';
import { CheckedChanges } from './queries/checked-changes.js';
import { ListOrphans } from './queries/list-orphans.js';
import { OrphanViews } from './queries/orphan-views.js';
import { OtherEntries } from './queries/other-entries.js';
import { PreviewScheduleChange } from './queries/preview-schedule-change.js';
import { BookingDecisions } from './use-cases/booking-decisions.js';
import { DecideOrphans } from './use-cases/decide-orphans.js';
import { SaveScheduleChange } from './use-cases/save-schedule-change.js';
import { TakeSickLeave } from './use-cases/take-sick-leave.js';

/** Changes of who works when, and what becomes of the lessons that they leave outside. */
@Module({
  imports: [DiscoveryModule, LessonsModule, SchoolsModule],
  controllers: [ScheduleChangesController, SickLeaveController],
  providers: [
    AffectedBookings,
    BookingDecisions,
    CheckedChanges,
    DecideOrphans,
    ListOrphans,
    OrphanViews,
    OtherEntries,
    PreviewScheduleChange,
    SaveScheduleChange,
    TakeSickLeave,
  ],
})
export class ScheduleChangesModule {}
