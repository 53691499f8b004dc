import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../platform/auth/actor.js';
import { Conditional } from '../../../platform/http/conditional/conditional.js';
import { Operation } from '../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../platform/http/paging.js';
import { IdParam } from '../../../platform/http/params.js';
import type { Id } from '../../../platform/values/id.js';
import { Requires } from '../../identity/index.js';
import { InvalidWorkingHours, TeacherExists, TeacherNotFound, UnknownLocation } from '../domain/school-problems.js';
import { TeacherReader, type TeacherView } from '../queries/teacher-reader.js';
import { AddTeacher } from '../use-cases/add-teacher.js';
import { UpdateTeacher } from '../use-cases/update-teacher.js';
import { AddTeacherDto, TeacherDto, TeacherListQuery, UpdateTeacherDto } from './teacher.dto.js';

const unknown = new UnknownLocation('homeLocationId');

@Controller('v1/schools/:schoolId/teachers')
@ApiTags('Teachers')
export class TeachersController {
  constructor(
    private readonly addTeacher: AddTeacher,
    private readonly updateTeacher: UpdateTeacher,
    private readonly teachers: TeacherReader,
  ) {}

  @Post()
  @Requires('teacher.manage')
  @Operation({
    id: 'addTeacher',
    summary: 'Add a teacher',
    description:
      'Invites the teacher by e-mail. Somebody who teaches at another school keeps his login and his one diary.',
    ok: TeacherDto,
    status: 201,
    problems: [TeacherExists, new InvalidWorkingHours([]), unknown],
  })
  add(@IdParam('schoolId') _schoolId: Id, @Body() body: AddTeacherDto): Promise<TeacherView> {
    return this.addTeacher.execute(body);
  }

  @Get()
  @Requires('teacher.read')
  @Operation({
    id: 'listTeachers',
    summary: 'List the school’s teachers, by name',
    description: 'Those who are no longer active are left out unless `includeInactive` is true.',
    ok: PageOf(TeacherDto),
  })
  list(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @Query() query: TeacherListQuery,
  ): Promise<Page<TeacherView>> {
    return this.teachers.list(actor, query);
  }

  @Get(':teacherId')
  @Requires('teacher.read')
  @Operation({
    id: 'getTeacher',
    summary: 'Read a teacher',
    description: 'Also one who is no longer active, because old lessons name him.',
    ok: TeacherDto,
    problems: [TeacherNotFound],
  })
  get(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('teacherId') teacherId: Id,
  ): Promise<TeacherView> {
    return this.teachers.get(actor, teacherId);
  }

  @Patch(':teacherId')
  @Conditional()
  @Requires('teacher.manage')
  @Operation({
    id: 'updateTeacher',
    summary: 'Change or deactivate a teacher',
    description:
      'Fields left out stay as they are. A deactivated teacher is not offered any more; lessons booked already stand.',
    ok: TeacherDto,
    problems: [TeacherNotFound, unknown],
  })
  update(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('teacherId') teacherId: Id,
    @Body() body: UpdateTeacherDto,
  ): Promise<TeacherView> {
    return this.updateTeacher.execute(teacherId, body);
  }
}
