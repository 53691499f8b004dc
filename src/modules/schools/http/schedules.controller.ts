import { Body, Controller, Delete, Get, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../platform/auth/actor.js';
import { Conditional } from '../../../platform/http/conditional/conditional.js';
import { Operation } from '../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../platform/http/paging.js';
import { IdParam } from '../../../platform/http/params.js';
import type { Id } from '../../../platform/values/id.js';
import { Requires } from '../../identity/index.js';
import {
  HoursInThePast,
  InvalidTimeOff,
  InvalidWorkingHours,
  NotYourSchedule,
  TeacherNotFound,
  TimeOffFromCalendar,
  TimeOffNotFound,
} from '../domain/school-problems.js';
import { ScheduleReader, type TimeOffView, type WorkingHoursView } from '../queries/schedule-reader.js';
import { type AddedTimeOff, AddTimeOff } from '../use-cases/add-time-off.js';
import { RemoveTimeOff } from '../use-cases/remove-time-off.js';
import { type ChangedWorkingHours, SetWorkingHours } from '../use-cases/set-working-hours.js';
import {
  AddedTimeOffDto,
  AddTimeOffDto,
  ChangedWorkingHoursDto,
  SetWorkingHoursDto,
  TimeOffDto,
  TimeOffListQuery,
  WorkingHoursDto,
} from './schedule.dto.js';

const whose = 'The office manages everybody’s, a teacher his own.';

@Controller('v1/schools/:schoolId/teachers/:teacherId')
@ApiTags('Schedules')
export class SchedulesController {
  constructor(
    private readonly changeHours: SetWorkingHours,
    private readonly takeTimeOff: AddTimeOff,
    private readonly dropTimeOff: RemoveTimeOff,
    private readonly schedules: ScheduleReader,
  ) {}

  @Get('working-hours')
  @Requires('schedule.read')
  @Operation({
    id: 'getWorkingHours',
    summary: 'Read a teacher’s weekly hours',
    description: whose,
    ok: [WorkingHoursDto],
    problems: [NotYourSchedule, TeacherNotFound],
  })
  workingHours(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('teacherId') teacherId: Id,
  ): Promise<WorkingHoursView[]> {
    return this.schedules.workingHours(actor, teacherId);
  }

  @Put('working-hours')
  @Conditional({ answersTheSame: false })
  @Requires('schedule.manage')
  @Operation({
    id: 'setWorkingHours',
    summary: 'Replace a teacher’s weekly hours from a date on',
    description: `Answers the booked lessons that fall outside of them. ${whose}`,
    ok: ChangedWorkingHoursDto,
    problems: [NotYourSchedule, TeacherNotFound, new InvalidWorkingHours([]), HoursInThePast],
  })
  setWorkingHours(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('teacherId') teacherId: Id,
    @Body() body: SetWorkingHoursDto,
  ): Promise<ChangedWorkingHours> {
    return this.changeHours.execute(actor, teacherId, body);
  }

  @Get('time-off')
  @Requires('schedule.read')
  @Operation({
    id: 'listTimeOff',
    summary: 'List a teacher’s time off, soonest first',
    description: whose,
    ok: PageOf(TimeOffDto),
    problems: [NotYourSchedule, TeacherNotFound],
  })
  listTimeOff(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('teacherId') teacherId: Id,
    @Query() query: TimeOffListQuery,
  ): Promise<Page<TimeOffView>> {
    return this.schedules.timeOff(actor, teacherId, query);
  }

  @Post('time-off')
  @Requires('schedule.manage')
  @Operation({
    id: 'addTimeOff',
    summary: 'Take a teacher out of the diary for a while',
    description: `Answers the booked lessons that fall into it. ${whose}`,
    ok: AddedTimeOffDto,
    status: 201,
    problems: [NotYourSchedule, TeacherNotFound, InvalidTimeOff],
  })
  addTimeOff(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('teacherId') teacherId: Id,
    @Body() body: AddTimeOffDto,
  ): Promise<AddedTimeOff> {
    return this.takeTimeOff.execute(actor, teacherId, body);
  }

  @Delete('time-off/:timeOffId')
  @Requires('schedule.manage')
  @Operation({
    id: 'removeTimeOff',
    summary: 'Put a teacher back into the diary',
    description: whose,
    problems: [NotYourSchedule, TeacherNotFound, TimeOffNotFound, TimeOffFromCalendar],
  })
  removeTimeOff(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('teacherId') teacherId: Id,
    @IdParam('timeOffId') timeOffId: Id,
  ): Promise<void> {
    return this.dropTimeOff.execute(actor, teacherId, timeOffId);
  }
}
