import { Module } from '@nestjs/common';
import { EducationModule } from '../../education/index.js';
import { FinanceModule } from '../../finance/index.js';
import { SchoolsModule } from '../../schools/index.js';
import { StudentsModule } from '../../students/index.js';
import { BookingRules } from '../ports/booking-rules.js';
import { BookingRulesController } from './http/booking-rules.controller.js';
import { StandingRulesReader } from './queries/standing-rules-reader.js';
import { SchoolBookingRules } from './school-booking-rules.js';
import { ConfigureBooking } from './use-cases/configure-booking.js';
import { SetLessonTypeRules } from './use-cases/set-lesson-type-rules.js';
import { SetStudentRules } from './use-cases/set-student-rules.js';

/** Who may book what: the lessons ask it through the port, so it stands below them. */
@Module({
  imports: [EducationModule, FinanceModule, SchoolsModule, StudentsModule],
  controllers: [BookingRulesController],
  providers: [
    ConfigureBooking,
    SetLessonTypeRules,
    SetStudentRules,
    StandingRulesReader,
    { provide: BookingRules, useClass: SchoolBookingRules },
  ],
  exports: [BookingRules],
})
export class RulesModule {}
