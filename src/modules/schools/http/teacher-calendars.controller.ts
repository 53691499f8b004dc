import { Body, Controller, Delete, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../platform/auth/actor.js';
import { Operation } from '../../../platform/http/operation.js';
import { IdParam } from '../../../platform/http/params.js';
import type { Id } from '../../../platform/values/id.js';
import { Requires } from '../../identity/index.js';
import {
  CalendarAddressRefused,
  NotYourSchedule,
  TeacherCalendarNotFound,
  TeacherNotFound,
  TooManyCalendars,
} from '../domain/school-problems.js';
import { TeacherCalendarReader, type TeacherCalendarView } from '../queries/teacher-calendar-reader.js';
import { AddTeacherCalendar, MOST_CALENDARS } from '../use-cases/add-teacher-calendar.js';
import { RefreshTeacherCalendar } from '../use-cases/refresh-teacher-calendar.js';
import { RemoveTeacherCalendar } from '../use-cases/remove-teacher-calendar.js';
import { AddTeacherCalendarDto, TeacherCalendarDto } from './teacher-calendar.dto.js';

const whose = 'The office manages everybody’s, a teacher his own.';
const notOne = [NotYourSchedule, TeacherNotFound, TeacherCalendarNotFound];

@Controller('v1/schools/:schoolId/teachers/:teacherId/calendars')
@ApiTags('Schedules')
export class TeacherCalendarsController {
  constructor(
    private readonly addCalendar: AddTeacherCalendar,
    private readonly removeCalendar: RemoveTeacherCalendar,
    private readonly refreshCalendar: RefreshTeacherCalendar,
    private readonly calendars: TeacherCalendarReader,
  ) {}

  @Get()
  @Requires('schedule.manage')
  @Operation({
    id: 'listTeacherCalendars',
    summary: 'List the calendars that a teacher keeps elsewhere',
    description: `With what went wrong when they were last read. ${whose}`,
    ok: [TeacherCalendarDto],
    problems: [NotYourSchedule, TeacherNotFound],
  })
  list(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('teacherId') teacherId: Id,
  ): Promise<TeacherCalendarView[]> {
    return this.calendars.list(actor, teacherId);
  }

  @Post()
  @Requires('schedule.manage')
  @Operation({
    id: 'addTeacherCalendar',
    summary: 'Let a teacher’s own calendar count as time off',
    description: `It is read within a minute, then twice an hour: its busy times alone, no titles. They block bookings at every school of the teacher. ${whose}`,
    ok: TeacherCalendarDto,
    status: 201,
    problems: [NotYourSchedule, TeacherNotFound, CalendarAddressRefused, new TooManyCalendars(MOST_CALENDARS)],
  })
  add(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('teacherId') teacherId: Id,
    @Body() body: AddTeacherCalendarDto,
  ): Promise<TeacherCalendarView> {
    return this.addCalendar.execute(actor, teacherId, body);
  }

  @Post(':calendarId/refresh')
  @Requires('schedule.manage')
  @Operation({
    id: 'refreshTeacherCalendar',
    summary: 'Have a calendar read within a minute',
    description: whose,
    problems: notOne,
  })
  refresh(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('teacherId') teacherId: Id,
    @IdParam('calendarId') calendarId: Id,
  ): Promise<void> {
    return this.refreshCalendar.execute(actor, teacherId, calendarId);
  }

  @Delete(':calendarId')
  @Requires('schedule.manage')
  @Operation({
    id: 'removeTeacherCalendar',
    summary: 'Forget a calendar and every busy time that came from it',
    description: whose,
    problems: notOne,
  })
  remove(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('teacherId') teacherId: Id,
    @IdParam('calendarId') calendarId: Id,
  ): Promise<void> {
    return this.removeCalendar.execute(actor, teacherId, calendarId);
  }
}
