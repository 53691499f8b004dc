import { Body, Controller, Get, Post, Query } from '@nestjs/common';
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
  AlreadyEnrolled,
  CourseBegun,
  CourseChanged,
  CourseClosed,
  CourseFull,
  CourseNotFound,
  CourseStudentRequired,
  EnrolmentEnded,
  EnrolmentNotFound,
  SameCourse,
  StaffEnrols,
  StudentBusy,
  StudentMayNotEnrol,
  UnknownCourseReference,
} from '../domain/course-problems.js';
import { EnrolmentReader, type EnrolmentView } from '../queries/enrolment-reader.js';
import { EnrolInCourse } from '../use-cases/enrol-in-course.js';
import { MoveEnrolment } from '../use-cases/move-enrolment.js';
import { WithdrawFromCourse } from '../use-cases/withdraw-from-course.js';
import { EnrolInCourseDto, EnrolmentDto, EnrolmentListQuery, MoveEnrolmentDto, WithdrawDto } from './enrolment.dto.js';

const busy =
  '`course.student_busy` names the sessions at which the student has something else; staff may excuse him from those.';
const notSeated = [CourseFull, AlreadyEnrolled, new StudentBusy([]), StudentMayNotEnrol, StaffEnrols];
const closed = new CourseClosed('closed');
const changed = new CourseChanged(undefined);

@Controller('v1/schools/:schoolId')
@ApiTags('Classes')
@OwnTransactions('they try again in a new transaction when somebody else claimed a time')
export class EnrolmentsController {
  constructor(
    private readonly enrolInCourse: EnrolInCourse,
    private readonly withdrawFromCourse: WithdrawFromCourse,
    private readonly moveEnrolment: MoveEnrolment,
    private readonly enrolments: EnrolmentReader,
  ) {}

  @Post('courses/:courseId/enrolments')
  @Requires('course.enrol')
  @Operation({
    id: 'enrolInCourse',
    summary: 'Give a student a seat on a course',
    description: `His time is claimed for every session still to come, so that no lesson can be booked then, and the price is charged. ${busy}`,
    ok: EnrolmentDto,
    status: 201,
    problems: [CourseNotFound, StudentNotFound, closed, ...notSeated, CourseStudentRequired, changed],
  })
  enrol(
    @CurrentActor() actor: Actor,
    @IdParam('courseId') courseId: Id,
    @Body() body: EnrolInCourseDto,
  ): Promise<EnrolmentView> {
    return this.enrolInCourse.execute(actor, courseId, body);
  }

  @Get('course-enrolments')
  @Requires('course.read')
  @Operation({
    id: 'listCourseEnrolments',
    summary: 'List who is on which course',
    description: 'For staff the school’s, for students their own, for guardians their wards’; oldest first.',
    ok: PageOf(EnrolmentDto),
    problems: [StudentNotFound],
  })
  list(@CurrentActor() actor: Actor, @Query() query: EnrolmentListQuery): Promise<Page<EnrolmentView>> {
    return this.enrolments.list(actor, query);
  }

  @Post('course-enrolments/:enrolmentId/withdraw')
  @Requires('course.enrol')
  @AlwaysAdmitted('it gives up what one has')
  @Operation({
    id: 'withdrawFromCourse',
    summary: 'Take a student off a course',
    description:
      'Students leave by themselves until the course begins. The seat is offered to the next one on the waiting list. What was charged goes, unless the course has begun.',
    ok: EnrolmentDto,
    problems: [EnrolmentNotFound, EnrolmentEnded, CourseBegun, StaffEnrols, changed],
  })
  withdraw(
    @CurrentActor() actor: Actor,
    @IdParam('enrolmentId') enrolmentId: Id,
    @Body() body: WithdrawDto,
  ): Promise<EnrolmentView> {
    return this.withdrawFromCourse.execute(actor, enrolmentId, body);
  }

  @Post('course-enrolments/:enrolmentId/move')
  @Requires('course.enrol')
  @Operation({
    id: 'moveEnrolment',
    summary: 'Move a student to another course',
    description: `Answers the new enrolment. At the same price nothing is charged anew; at another the old charge goes and the new price is charged. ${busy}`,
    ok: EnrolmentDto,
    problems: [
      EnrolmentNotFound,
      EnrolmentEnded,
      SameCourse,
      new UnknownCourseReference('courseId'),
      CourseBegun,
      closed,
      ...notSeated,
      changed,
    ],
  })
  move(
    @CurrentActor() actor: Actor,
    @IdParam('enrolmentId') enrolmentId: Id,
    @Body() body: MoveEnrolmentDto,
  ): Promise<EnrolmentView> {
    return this.moveEnrolment.execute(actor, enrolmentId, body);
  }
}
