import { Body, Controller, Get, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../../platform/auth/actor.js';
import { AlwaysAdmitted } from '../../../../platform/auth/always-admitted.js';
import { OwnTransactions } from '../../../../platform/http/idempotency/own-transactions.js';
import { Operation } from '../../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../../platform/http/paging.js';
import { IdParam } from '../../../../platform/http/params.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import { InThePast, OffGrid, RangeInvalid, TooFarAhead } from '../../domain/errors.js';
import {
  AttendanceNotFound,
  ClassFull,
  ClassIsCancelled,
  ClassNotFound,
  ClassNotStarted,
  ClassStarted,
  CourseChanged,
  CourseClosed,
  NotYourClass,
  SessionsCollide,
  StudentBusy,
  StudentsBusy,
  UnknownCourseReference,
} from '../domain/course-problems.js';
import { ClassSessionReader, type ClassSessionView } from '../queries/class-session-reader.js';
import { ListClasses } from '../queries/list-classes.js';
import { CancelClass } from '../use-cases/cancel-class.js';
import { MoveClass } from '../use-cases/move-class.js';
import { ReportAttendance } from '../use-cases/report-attendance.js';
import { CancelClassDto, ClassDto, ClassListQuery, MoveClassDto, ReportAttendanceDto } from './class.dto.js';

const changed = new CourseChanged(undefined);
const closed = new CourseClosed('completed');

@Controller('v1/schools/:schoolId/classes')
@ApiTags('Classes')
@OwnTransactions('they try again in a new transaction when somebody else claimed or released a time')
export class ClassesController {
  constructor(
    private readonly moveClass: MoveClass,
    private readonly cancelClass: CancelClass,
    private readonly reportAttendance: ReportAttendance,
    private readonly listing: ListClasses,
    private readonly classes: ClassSessionReader,
  ) {}

  @Get()
  @Requires('course.read')
  @Operation({
    id: 'listClasses',
    summary: 'List the sessions of courses in order of time',
    description: 'Of some days, or of one course. What a student is to come to is in `listClassAttendances`.',
    ok: PageOf(ClassDto),
    problems: [new RangeInvalid(366)],
  })
  list(@CurrentActor() actor: Actor, @Query() query: ClassListQuery): Promise<Page<ClassSessionView>> {
    return this.listing.execute(actor, query);
  }

  @Get(':classId')
  @Requires('course.read')
  @Operation({
    id: 'getClass',
    summary: 'Read one session of a course',
    description: 'With the seats that are left for guests.',
    ok: ClassDto,
    problems: [ClassNotFound],
  })
  get(@CurrentActor() actor: Actor, @IdParam('classId') classId: Id): Promise<ClassSessionView> {
    return this.classes.get(actor, classId);
  }

  @Post(':classId/move')
  @Requires('course.manage')
  @Operation({
    id: 'moveClass',
    summary: 'Move a session to another time, teacher or room',
    description:
      'Everybody who is to come is told. `class.students_busy` names those who have something else then; with `excuseBusy` they are excused.',
    ok: ClassDto,
    problems: [
      ClassNotFound,
      ClassIsCancelled,
      ClassStarted,
      closed,
      new SessionsCollide([], 'startsAt'),
      new StudentsBusy([]),
      changed,
      OffGrid,
      InThePast,
      TooFarAhead,
      new UnknownCourseReference('teacherId'),
    ],
  })
  move(
    @CurrentActor() actor: Actor,
    @IdParam('classId') classId: Id,
    @Body() body: MoveClassDto,
  ): Promise<ClassSessionView> {
    return this.moveClass.execute(actor, classId, body);
  }

  @Post(':classId/cancel')
  @Requires('course.manage')
  @AlwaysAdmitted('what was planned is called off')
  @Operation({
    id: 'cancelClass',
    summary: 'Cancel a session of a course',
    description: 'Everybody who was to come is told, and his time is free. The course goes on.',
    ok: ClassDto,
    problems: [ClassNotFound, ClassIsCancelled, ClassStarted, changed],
  })
  cancel(
    @CurrentActor() actor: Actor,
    @IdParam('classId') classId: Id,
    @Body() { reason }: CancelClassDto,
  ): Promise<ClassSessionView> {
    return this.cancelClass.execute(actor, classId, reason);
  }

  @Put(':classId/attendances')
  @Requires('course.teach')
  @Operation({
    id: 'reportAttendances',
    summary: 'Say who came to a session',
    description:
      'By its teacher or the office, again as often as needed. Those not named stay as they are. Whoever is excused has his time for himself, and his seat is free for a guest.',
    problems: [
      ClassNotFound,
      NotYourClass,
      ClassIsCancelled,
      ClassNotStarted,
      AttendanceNotFound,
      new StudentBusy([]),
      ClassFull,
      changed,
    ],
  })
  report(
    @CurrentActor() actor: Actor,
    @IdParam('classId') classId: Id,
    @Body() { attendances }: ReportAttendanceDto,
  ): Promise<void> {
    return this.reportAttendance.execute(actor, classId, attendances);
  }
}
