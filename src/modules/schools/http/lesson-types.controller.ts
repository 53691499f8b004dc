import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../platform/auth/actor.js';
import { Conditional } from '../../../platform/http/conditional/conditional.js';
import { Operation } from '../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../platform/http/paging.js';
import { IdParam } from '../../../platform/http/params.js';
import type { Id } from '../../../platform/values/id.js';
import { Requires } from '../../identity/index.js';
import { InvalidLessonType, LessonTypeNotFound } from '../domain/school-problems.js';
import { LessonTypeReader, type LessonTypeView } from '../queries/lesson-type-reader.js';
import { AddLessonType } from '../use-cases/add-lesson-type.js';
import { UpdateLessonType } from '../use-cases/update-lesson-type.js';
import { AddLessonTypeDto, LessonTypeDto, LessonTypeListQuery, UpdateLessonTypeDto } from './lesson-type.dto.js';

@Controller('v1/schools/:schoolId/lesson-types')
@ApiTags('Lesson types')
export class LessonTypesController {
  constructor(
    private readonly addLessonType: AddLessonType,
    private readonly updateLessonType: UpdateLessonType,
    private readonly lessonTypes: LessonTypeReader,
  ) {}

  @Post()
  @Requires('lesson_type.manage')
  @Operation({
    id: 'addLessonType',
    summary: 'Add a lesson type',
    description: 'It can be booked from now on.',
    ok: LessonTypeDto,
    status: 201,
    problems: [new InvalidLessonType([])],
  })
  add(@IdParam('schoolId') _schoolId: Id, @Body() body: AddLessonTypeDto): Promise<LessonTypeView> {
    return this.addLessonType.execute(body);
  }

  @Get()
  @Requires('lesson_type.read')
  @Operation({
    id: 'listLessonTypes',
    summary: 'List what the school sells, by name',
    description: 'Those that are no longer sold are left out unless `includeInactive` is true.',
    ok: PageOf(LessonTypeDto),
  })
  list(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @Query() query: LessonTypeListQuery,
  ): Promise<Page<LessonTypeView>> {
    return this.lessonTypes.list(actor, query);
  }

  @Get(':lessonTypeId')
  @Requires('lesson_type.read')
  @Operation({
    id: 'getLessonType',
    summary: 'Read a lesson type',
    description: 'Also one that is no longer sold, because old lessons name it.',
    ok: LessonTypeDto,
    problems: [LessonTypeNotFound],
  })
  get(@IdParam('schoolId') _schoolId: Id, @IdParam('lessonTypeId') lessonTypeId: Id): Promise<LessonTypeView> {
    return this.lessonTypes.get(lessonTypeId);
  }

  @Patch(':lessonTypeId')
  @Conditional()
  @Requires('lesson_type.manage')
  @Operation({
    id: 'updateLessonType',
    summary: 'Change a lesson type or stop selling it',
    description: 'Fields left out stay as they are. Lessons booked already keep their price and their rules.',
    ok: LessonTypeDto,
    problems: [LessonTypeNotFound, new InvalidLessonType([])],
  })
  update(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('lessonTypeId') lessonTypeId: Id,
    @Body() body: UpdateLessonTypeDto,
  ): Promise<LessonTypeView> {
    return this.updateLessonType.execute(lessonTypeId, body);
  }
}
