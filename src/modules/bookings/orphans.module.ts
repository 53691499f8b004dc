import { Global, Module } from '@nestjs/common';
import { OrphanedBookings, SchoolsModule } from '../schools/index.js';
import { OrphansInDiary } from './queries/orphaned-bookings.js';
import { TeacherSchedules } from './queries/teacher-schedules.js';

/** Gives schools, which stands left of bookings, the port that it asks the diary through. */
@Global()
@Module({
  imports: [SchoolsModule],
  providers: [TeacherSchedules, { provide: OrphanedBookings, useClass: OrphansInDiary }],
  exports: [TeacherSchedules, OrphanedBookings],
})
export class OrphansModule {}
