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
  AlreadyWaiting,
  CourseChanged,
  CourseClosed,
  CourseStudentRequired,
  NoOfferOpen,
  SeatsFree,
  StaffEnrols,
  StudentBusy,
  StudentMayNotEnrol,
  UnknownCourseReference,
  WaiterNotFound,
} from '../domain/course-problems.js';
import type { EnrolmentView } from '../queries/enrolment-reader.js';
import { WaiterReader, type WaiterView } from '../queries/waiter-reader.js';
import { AnswerSeatOffer } from '../use-cases/answer-seat-offer.js';
import { JoinCourseWaitingList } from '../use-cases/join-course-waiting-list.js';
import { AcceptSeatDto, EnrolmentDto, JoinWaitingListDto, WaiterDto, WaiterListQuery } from './enrolment.dto.js';

const ownTransactions = 'it tries again in a new transaction when somebody else claimed or released a time';
const closed = new CourseClosed('closed');
const changed = new CourseChanged(undefined);

@Controller('v1/schools/:schoolId/course-waiting-list')
@ApiTags('Classes')
export class CourseWaitingListController {
  constructor(
    private readonly joinList: JoinCourseWaitingList,
    private readonly answer: AnswerSeatOffer,
    private readonly waiters: WaiterReader,
  ) {}

  @Post()
  @Requires('course.enrol')
  @Operation({
    id: 'joinCourseWaitingList',
    summary: 'Wait for a seat on a full course',
    description:
      'When one is free it is kept for the first in the list, who is told and says yes within the course’s `offerHours`.',
    ok: WaiterDto,
    status: 201,
    problems: [
      new UnknownCourseReference('courseId'),
      StudentNotFound,
      closed,
      SeatsFree,
      AlreadyEnrolled,
      AlreadyWaiting,
      StaffEnrols,
      StudentMayNotEnrol,
      CourseStudentRequired,
    ],
  })
  join(@CurrentActor() actor: Actor, @Body() { courseId, studentId }: JoinWaitingListDto): Promise<WaiterView> {
    return this.joinList.execute(actor, courseId, studentId);
  }

  @Get()
  @Requires('course.read')
  @Operation({
    id: 'listCourseWaiters',
    summary: 'List who waits for a seat on a course',
    description: 'In the order in which they joined: for staff the school’s, for students their own place.',
    ok: PageOf(WaiterDto),
    problems: [StudentNotFound],
  })
  list(@CurrentActor() actor: Actor, @Query() query: WaiterListQuery): Promise<Page<WaiterView>> {
    return this.waiters.list(actor, query);
  }

  @Post(':waiterId/accept')
  @Requires('course.enrol')
  @OwnTransactions(ownTransactions)
  @Operation({
    id: 'acceptCourseSeat',
    summary: 'Say yes to a seat that is kept',
    description:
      'Answers the enrolment. `course.student_busy` names the sessions at which the student has something else.',
    ok: EnrolmentDto,
    status: 201,
    problems: [WaiterNotFound, NoOfferOpen, closed, StudentMayNotEnrol, new StudentBusy([]), StaffEnrols, changed],
  })
  accept(
    @CurrentActor() actor: Actor,
    @IdParam('waiterId') waiterId: Id,
    @Body() { excuseBusy }: AcceptSeatDto,
  ): Promise<EnrolmentView> {
    return this.answer.accept(actor, waiterId, excuseBusy);
  }

  @Post(':waiterId/leave')
  @Requires('course.enrol')
  @AlwaysAdmitted('it gives up what one has')
  @OwnTransactions(ownTransactions)
  @Operation({
    id: 'leaveCourseWaitingList',
    summary: 'Wait no longer, or say no to the seat that is kept',
    description: 'A seat that was kept is offered to the next one.',
    ok: WaiterDto,
    problems: [WaiterNotFound, NoOfferOpen, changed],
  })
  leave(@CurrentActor() actor: Actor, @IdParam('waiterId') waiterId: Id): Promise<WaiterView> {
    return this.answer.leave(actor, waiterId);
  }
}
