import { Body, Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../../platform/auth/actor.js';
import { AlwaysAdmitted } from '../../../../platform/auth/always-admitted.js';
import { OwnTransactions } from '../../../../platform/http/idempotency/own-transactions.js';
import { Operation } from '../../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../../platform/http/paging.js';
import { IdParam } from '../../../../platform/http/params.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import { StudentNotFound } from '../../../students/index.js';
import {
  AttendanceNotFound,
  ClassFull,
  ClassIsCancelled,
  ClassNotFound,
  ClassStarted,
  CourseChanged,
  CourseClosed,
  NotAGuest,
  NothingToCatchUp,
  StudentBusy,
} from '../domain/course-problems.js';
import { AttendanceReader, type AttendanceView } from '../queries/attendance-reader.js';
import type { ClassSessionView } from '../queries/class-session-reader.js';
import { FindCatchUps } from '../queries/find-catch-ups.js';
import { CatchUp } from '../use-cases/catch-up.js';
import { AttendanceDto, AttendanceListQuery, ClassDto, SitInDto } from './class.dto.js';

const changed = new CourseChanged(undefined);

@Controller('v1/schools/:schoolId/class-attendances')
@ApiTags('Classes')
@OwnTransactions('they try again in a new transaction when somebody else claimed or released a time')
export class ClassAttendancesController {
  constructor(
    private readonly catchUp: CatchUp,
    private readonly catchUps: FindCatchUps,
    private readonly attendances: AttendanceReader,
  ) {}

  @Get()
  @Requires('course.read')
  @Operation({
    id: 'listClassAttendances',
    summary: 'List who comes to which session',
    description:
      'In order of time: for staff the school’s, for students their own timetable, for guardians their wards’.',
    ok: PageOf(AttendanceDto),
    problems: [StudentNotFound],
  })
  list(@CurrentActor() actor: Actor, @Query() query: AttendanceListQuery): Promise<Page<AttendanceView>> {
    return this.attendances.list(actor, query);
  }

  @Get(':attendanceId/catch-ups')
  @Requires('course.read')
  @Operation({
    id: 'findCatchUps',
    summary: 'Find sessions in which a missed one can be caught up',
    description: 'Of the same topic in other courses, still to come, with a seat left; soonest first, 50 at most.',
    ok: [ClassDto],
    problems: [AttendanceNotFound],
  })
  find(@CurrentActor() actor: Actor, @IdParam('attendanceId') attendanceId: Id): Promise<ClassSessionView[]> {
    return this.catchUps.execute(actor, attendanceId);
  }

  @Post(':attendanceId/catch-ups')
  @Requires('course.enrol')
  @Operation({
    id: 'sitInOnClass',
    summary: 'Catch up a missed session in another course',
    description: 'The student is a guest of that session alone; his time is claimed for it. Costs nothing.',
    ok: AttendanceDto,
    status: 201,
    problems: [
      AttendanceNotFound,
      ClassNotFound,
      ClassIsCancelled,
      ClassStarted,
      new CourseClosed('completed'),
      NothingToCatchUp,
      ClassFull,
      new StudentBusy([]),
      changed,
    ],
  })
  sitIn(
    @CurrentActor() actor: Actor,
    @IdParam('attendanceId') attendanceId: Id,
    @Body() { classId }: SitInDto,
  ): Promise<AttendanceView> {
    return this.catchUp.sitIn(actor, attendanceId, classId);
  }

  @Delete(':attendanceId')
  @Requires('course.enrol')
  @AlwaysAdmitted('it gives up what one has')
  @Operation({
    id: 'leaveClass',
    summary: 'Take a guest off a session',
    description: 'Until it begins. Whoever belongs to the course is excused instead.',
    problems: [AttendanceNotFound, NotAGuest, ClassIsCancelled, ClassStarted, changed],
  })
  leave(@CurrentActor() actor: Actor, @IdParam('attendanceId') attendanceId: Id): Promise<void> {
    return this.catchUp.leave(actor, attendanceId);
  }
}
