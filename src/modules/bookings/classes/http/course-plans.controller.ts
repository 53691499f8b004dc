import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Conditional } from '../../../../platform/http/conditional/conditional.js';
import { Operation } from '../../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../../platform/http/paging.js';
import { IdParam } from '../../../../platform/http/params.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import { CoursePlanNotFound, InvalidCoursePlan } from '../domain/course-problems.js';
import { CoursePlanReader, type CoursePlanView } from '../queries/course-plan-reader.js';
import { SaveCoursePlan } from '../use-cases/save-course-plan.js';
import { AddCoursePlanDto, CoursePlanDto, CoursePlanListQuery, UpdateCoursePlanDto } from './course-plan.dto.js';

const invalid = new InvalidCoursePlan([]);

@Controller('v1/schools/:schoolId/course-plans')
@ApiTags('Classes')
export class CoursePlansController {
  constructor(
    private readonly save: SaveCoursePlan,
    private readonly plans: CoursePlanReader,
  ) {}

  @Post()
  @Requires('course.manage')
  @Operation({
    id: 'addCoursePlan',
    summary: 'Draw up a course plan',
    description:
      'What a class is taught, in which order. Each session has a day of its own (`dayOffset` and `time`), or they follow the weekly times.',
    ok: CoursePlanDto,
    status: 201,
    problems: [invalid],
  })
  add(@IdParam('schoolId') _schoolId: Id, @Body() body: AddCoursePlanDto): Promise<CoursePlanView> {
    return this.save.add(body);
  }

  @Get()
  @Requires('course.manage')
  @Operation({
    id: 'listCoursePlans',
    summary: 'List the school’s course plans, by name',
    description: 'Those no longer used are left out unless `includeInactive` is true.',
    ok: PageOf(CoursePlanDto),
  })
  list(@IdParam('schoolId') _schoolId: Id, @Query() query: CoursePlanListQuery): Promise<Page<CoursePlanView>> {
    return this.plans.list(query);
  }

  @Get(':coursePlanId')
  @Requires('course.manage')
  @Operation({
    id: 'getCoursePlan',
    summary: 'Read a course plan',
    description: 'Also one that is no longer used, because courses name it.',
    ok: CoursePlanDto,
    problems: [CoursePlanNotFound],
  })
  get(@IdParam('schoolId') _schoolId: Id, @IdParam('coursePlanId') planId: Id): Promise<CoursePlanView> {
    return this.plans.get(planId);
  }

  @Patch(':coursePlanId')
  @Conditional()
  @Requires('course.manage')
  @Operation({
    id: 'updateCoursePlan',
    summary: 'Change a course plan',
    description: 'Fields left out stay as they are. Courses made of it before keep their sessions and their price.',
    ok: CoursePlanDto,
    problems: [CoursePlanNotFound, invalid],
  })
  update(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('coursePlanId') planId: Id,
    @Body() body: UpdateCoursePlanDto,
  ): Promise<CoursePlanView> {
    return this.save.change(planId, body);
  }
}
