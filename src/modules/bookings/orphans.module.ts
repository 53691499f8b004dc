import { Global, Module } from '@nestjs/common';
import { OrphanedBookings, SchoolsModule } from '../schools/index.js';
import { OrphansInDiary } from './queries/orphaned-bookings.js';
import { OrphanSearch } from './queries/orphan-search.js';
import { TeacherSchedules } from './queries/teacher-schedules.js';

/** Gives schools, which stands left of bookings, the port that it asks the diary through. */
@Global()
@Module({
  imports: [SchoolsModule],
  providers: [TeacherSchedules, OrphanSearch, { provide: OrphanedBookings, useClass: OrphansInDiary }],
  exports: [TeacherSchedules, OrphanSearch, OrphanedBookings],
})
export class OrphansModule {}
