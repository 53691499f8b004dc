import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../../platform/auth/actor.js';
import { AlwaysAdmitted } from '../../../../platform/auth/always-admitted.js';
import { Conditional } from '../../../../platform/http/conditional/conditional.js';
import { OwnTransactions } from '../../../../platform/http/idempotency/own-transactions.js';
import { Operation } from '../../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../../platform/http/paging.js';
import { IdParam } from '../../../../platform/http/params.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import {
  CapacityTaken,
  CourseChanged,
  CourseClosed,
  CourseNotFound,
  CourseNotOver,
  InvalidCourse,
  SessionsCollide,
  UnknownCourseReference,
} from '../domain/course-problems.js';
import { CourseReader, type CourseView } from '../queries/course-reader.js';
import { type CoursePreview, PreviewCourse } from '../queries/preview-course.js';
import { CancelCourse } from '../use-cases/cancel-course.js';
import { ChangeCourse } from '../use-cases/change-course.js';
import { PlanCourse } from '../use-cases/plan-course.js';
import {
  CancelCourseDto,
  CourseDto,
  CourseListQuery,
  CoursePreviewDto,
  PlanCourseDto,
  UpdateCourseDto,
} from './course.dto.js';

const closed = new CourseClosed('cancelled');
const changed = new CourseChanged(undefined);
const invalid = [new InvalidCourse([]), new UnknownCourseReference('planId')];

@Controller('v1/schools/:schoolId/courses')
@ApiTags('Classes')
export class CoursesController {
  constructor(
    private readonly planCourse: PlanCourse,
    private readonly change: ChangeCourse,
    private readonly cancelCourse: CancelCourse,
    private readonly previewCourse: PreviewCourse,
    private readonly courses: CourseReader,
  ) {}

  @Post()
  @Requires('course.manage')
  @OwnTransactions('it tries again in a new transaction when somebody else claimed a time')
  @Operation({
    id: 'planCourse',
    summary: 'Make a course (hold) of a plan',
    description:
      'Puts each session on its date by the school’s clocks and claims teacher and room for all of them; `course.sessions_collide` names the dates on which they are not free. It begins as a draft that students do not see.',
    ok: CourseDto,
    status: 201,
    problems: [...invalid, new SessionsCollide([]), changed],
  })
  plan(@CurrentActor() actor: Actor, @Body() body: PlanCourseDto): Promise<CourseView> {
    return this.planCourse.execute(actor, body);
  }

  @Post('preview')
  @Requires('course.manage')
  @Operation({
    id: 'previewCourse',
    summary: 'See on which dates a course would be taught',
    description: 'Each session on its date, with what is in the way. Nothing is changed.',
    ok: CoursePreviewDto,
    problems: invalid,
  })
  preview(@IdParam('schoolId') _schoolId: Id, @Body() body: PlanCourseDto): Promise<CoursePreview> {
    return this.previewCourse.execute(body);
  }

  @Get()
  @Requires('course.read')
  @Operation({
    id: 'listCourses',
    summary: 'List the school’s courses, by their first session',
    description: 'Drafts are shown to the school alone.',
    ok: PageOf(CourseDto),
  })
  list(@CurrentActor() actor: Actor, @Query() query: CourseListQuery): Promise<Page<CourseView>> {
    return this.courses.list(actor, query);
  }

  @Get(':courseId')
  @Requires('course.read')
  @Operation({
    id: 'getCourse',
    summary: 'Read a course',
    description: 'With the seats that are free. `listClasses` has its sessions.',
    ok: CourseDto,
    problems: [CourseNotFound],
  })
  get(@CurrentActor() actor: Actor, @IdParam('courseId') courseId: Id): Promise<CourseView> {
    return this.courses.get(actor, courseId);
  }

  @Patch(':courseId')
  @Conditional()
  @Requires('course.manage')
  @Operation({
    id: 'updateCourse',
    summary: 'Change a course',
    description: 'Fields left out stay as they are. More seats are offered to the waiting list at once, in its order.',
    ok: CourseDto,
    problems: [CourseNotFound, closed, new CapacityTaken(20)],
  })
  update(
    @CurrentActor() actor: Actor,
    @IdParam('courseId') courseId: Id,
    @Body() body: UpdateCourseDto,
  ): Promise<CourseView> {
    return this.change.execute(actor, courseId, body);
  }

  @Post(':courseId/open')
  @Requires('course.manage')
  @Operation({
    id: 'openCourse',
    summary: 'Open a course for students',
    description: 'A draft, or one that was closed.',
    ok: CourseDto,
    problems: [CourseNotFound, closed],
  })
  open(@CurrentActor() actor: Actor, @IdParam('courseId') courseId: Id): Promise<CourseView> {
    return this.change.turn(actor, courseId, 'open');
  }

  @Post(':courseId/close')
  @Requires('course.manage')
  @Operation({
    id: 'closeCourse',
    summary: 'Let no more students onto a course',
    description: 'The teaching goes on. Whoever has been offered a seat may still say yes.',
    ok: CourseDto,
    problems: [CourseNotFound, closed],
  })
  close(@CurrentActor() actor: Actor, @IdParam('courseId') courseId: Id): Promise<CourseView> {
    return this.change.turn(actor, courseId, 'close');
  }

  @Post(':courseId/complete')
  @Requires('course.manage')
  @Operation({
    id: 'completeCourse',
    summary: 'Say that a course is over',
    description: 'After its last session; the waiting list ends with it.',
    ok: CourseDto,
    problems: [CourseNotFound, closed, CourseNotOver],
  })
  complete(@CurrentActor() actor: Actor, @IdParam('courseId') courseId: Id): Promise<CourseView> {
    return this.change.turn(actor, courseId, 'complete');
  }

  @Post(':courseId/cancel')
  @Requires('course.manage')
  @AlwaysAdmitted('what was planned is called off')
  @OwnTransactions('it tries again in a new transaction when somebody else released a time')
  @Operation({
    id: 'cancelCourse',
    summary: 'Cancel a course',
    description:
      'Its sessions still to come are cancelled, everybody’s time is free, and each student is told once. What was charged goes, unless the course has begun.',
    ok: CourseDto,
    problems: [CourseNotFound, closed, changed],
  })
  cancel(
    @CurrentActor() actor: Actor,
    @IdParam('courseId') courseId: Id,
    @Body() body: CancelCourseDto,
  ): Promise<CourseView> {
    return this.cancelCourse.execute(actor, courseId, body);
  }
}
