import { Body, Controller, Delete, Get, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../platform/auth/actor.js';
import { Operation } from '../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../platform/http/paging.js';
import { IdParam } from '../../../platform/http/params.js';
import type { Id } from '../../../platform/values/id.js';
import { Requires } from '../../identity/index.js';
import {
  DayHoursNotFound,
  HoursInThePast,
  InvalidWorkingHours,
  NotYourSchedule,
  TeacherNotFound,
} from '../domain/school-problems.js';
import { type DayHoursView, ScheduleReader } from '../queries/schedule-reader.js';
import { RemoveDayHours, type RemovedDayHours } from '../use-cases/remove-day-hours.js';
import { type ChangedDayHours, SetDayHours } from '../use-cases/set-day-hours.js';
import {
  ChangedDayHoursDto,
  DayHoursDto,
  DayHoursListQuery,
  RemovedDayHoursDto,
  SetDayHoursDto,
} from './day-hours.dto.js';

const whose = 'The office manages everybody’s, a teacher his own.';

@Controller('v1/schools/:schoolId/teachers/:teacherId/day-hours')
@ApiTags('Schedules')
export class DayHoursController {
  constructor(
    private readonly setHours: SetDayHours,
    private readonly removeHours: RemoveDayHours,
    private readonly schedules: ScheduleReader,
  ) {}

  @Get()
  @Requires('schedule.read')
  @Operation({
    id: 'listDayHours',
    summary: 'List the dates on which a teacher works other hours than on that weekday, soonest first',
    description: whose,
    ok: PageOf(DayHoursDto),
    problems: [NotYourSchedule, TeacherNotFound],
  })
  list(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('teacherId') teacherId: Id,
    @Query() query: DayHoursListQuery,
  ): Promise<Page<DayHoursView>> {
    return this.schedules.dayHours(actor, teacherId, query);
  }

  @Put()
  @Requires('schedule.manage')
  @Operation({
    id: 'setDayHours',
    summary: 'Give a teacher other hours on one date, or none',
    description: `Replaces what was said of that date before. Answers the booked lessons that fall outside. ${whose}`,
    ok: ChangedDayHoursDto,
    problems: [NotYourSchedule, TeacherNotFound, new InvalidWorkingHours([]), HoursInThePast],
  })
  set(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('teacherId') teacherId: Id,
    @Body() body: SetDayHoursDto,
  ): Promise<ChangedDayHours> {
    return this.setHours.execute(actor, teacherId, body);
  }

  @Delete(':dayHoursId')
  @Requires('schedule.manage')
  @Operation({
    id: 'removeDayHours',
    summary: 'Put a date back to the hours of its weekday',
    description: `Answers the booked lessons that fall outside. ${whose}`,
    ok: RemovedDayHoursDto,
    problems: [NotYourSchedule, TeacherNotFound, DayHoursNotFound],
  })
  remove(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('teacherId') teacherId: Id,
    @IdParam('dayHoursId') dayHoursId: Id,
  ): Promise<RemovedDayHours> {
    return this.removeHours.execute(actor, teacherId, dayHoursId);
  }
}
