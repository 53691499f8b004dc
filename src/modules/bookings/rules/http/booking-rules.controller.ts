import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../../platform/auth/actor.js';
import { Conditional } from '../../../../platform/http/conditional/conditional.js';
import { Operation } from '../../../../platform/http/operation.js';
import { IdParam } from '../../../../platform/http/params.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import { LessonTypeNotFound } from '../../../schools/index.js';
import { StudentNotFound } from '../../../students/index.js';
import type { BookingSettingsView, LessonTypeRulesView, StudentBookingRulesView } from '../domain/rule-views.js';
import { DepositInvalid, RulesInOtherCurrency } from '../domain/settings-problems.js';
import { ConfigureBooking } from '../use-cases/configure-booking.js';
import { SetLessonTypeRules } from '../use-cases/set-lesson-type-rules.js';
import { SetStudentRules } from '../use-cases/set-student-rules.js';
import { BookingSettingsDto, LessonTypeRulesDto, StudentBookingRulesDto } from './booking-rules.dto.js';

const stays = 'Counts for lessons booked or moved from now on.';

@Controller('v1/schools/:schoolId')
@ApiTags('Booking rules')
export class BookingRulesController {
  constructor(
    private readonly settings: ConfigureBooking,
    private readonly ofType: SetLessonTypeRules,
    private readonly ofStudent: SetStudentRules,
  ) {}

  @Get('booking-settings')
  @Requires('booking_rules.read')
  @Operation({
    id: 'getBookingSettings',
    summary: 'Read who may book what',
    description: 'What holds where a lesson type or a student has no rule of its own.',
    ok: BookingSettingsDto,
  })
  read(@IdParam('schoolId') _schoolId: Id): Promise<BookingSettingsView> {
    return this.settings.read();
  }

  @Put('booking-settings')
  @Conditional()
  @Requires('booking_rules.manage')
  @Operation({
    id: 'updateBookingSettings',
    summary: 'Change who may book what',
    description: stays,
    ok: BookingSettingsDto,
    problems: [new RulesInOtherCurrency('arrearsLimit', 'DKK')],
  })
  configure(@IdParam('schoolId') _schoolId: Id, @Body() body: BookingSettingsDto): Promise<BookingSettingsView> {
    return this.settings.execute(body);
  }

  @Get('lesson-types/:lessonTypeId/booking-rules')
  @Requires('booking_rules.read')
  @Operation({
    id: 'getLessonTypeBookingRules',
    summary: 'Read how a lesson type is booked',
    description: 'With what notice, how far ahead, how many, and what is paid first.',
    ok: LessonTypeRulesDto,
    problems: [LessonTypeNotFound],
  })
  readOfType(@IdParam('lessonTypeId') lessonTypeId: Id): Promise<LessonTypeRulesView> {
    return this.ofType.read(lessonTypeId);
  }

  @Put('lesson-types/:lessonTypeId/booking-rules')
  @Conditional()
  @Requires('booking_rules.manage')
  @Operation({
    id: 'updateLessonTypeBookingRules',
    summary: 'Change how a lesson type is booked',
    description: stays,
    ok: LessonTypeRulesDto,
    problems: [LessonTypeNotFound, DepositInvalid, new RulesInOtherCurrency('deposit', 'DKK')],
  })
  changeOfType(
    @IdParam('lessonTypeId') lessonTypeId: Id,
    @Body() body: LessonTypeRulesDto,
  ): Promise<LessonTypeRulesView> {
    return this.ofType.execute(lessonTypeId, body);
  }

  @Get('students/:studentId/booking-rules')
  @Requires('booking_rules.read')
  @Operation({
    id: 'getStudentBookingRules',
    summary: 'Read what a student may book',
    description: 'What the office has said of him alone. A student reads his own.',
    ok: StudentBookingRulesDto,
    problems: [StudentNotFound],
  })
  readOfStudent(@CurrentActor() actor: Actor, @IdParam('studentId') studentId: Id): Promise<StudentBookingRulesView> {
    return this.ofStudent.read(actor, studentId);
  }

  @Put('students/:studentId/booking-rules')
  @Conditional()
  @Requires('booking_rules.manage')
  @Operation({
    id: 'updateStudentBookingRules',
    summary: 'Open or close booking for a student',
    description: stays,
    ok: StudentBookingRulesDto,
    problems: [StudentNotFound],
  })
  changeOfStudent(
    @CurrentActor() actor: Actor,
    @IdParam('studentId') studentId: Id,
    @Body() body: StudentBookingRulesDto,
  ): Promise<StudentBookingRulesView> {
    return this.ofStudent.execute(actor, studentId, body);
  }
}
