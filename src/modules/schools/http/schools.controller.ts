import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Conditional } from '../../../platform/http/conditional/conditional.js';
import { Operation } from '../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../platform/http/paging.js';
import { IdParam } from '../../../platform/http/params.js';
import type { Id } from '../../../platform/values/id.js';
import { Requires } from '../../identity/index.js';
import { InvalidCvr, InvalidSlug, SchoolNotFound, SlugTaken } from '../domain/school-problems.js';
import { SchoolReader, type SchoolSummary, type SchoolView } from '../queries/school-reader.js';
import { CreateSchool } from '../use-cases/create-school.js';
import { UpdateSchool } from '../use-cases/update-school.js';
import { CreateSchoolDto, SchoolDto, SchoolSummaryDto, UpdateSchoolDto, SchoolListQuery } from './school.dto.js';

@Controller('v1/schools')
@ApiTags('Schools')
export class SchoolsController {
  constructor(
    private readonly createSchool: CreateSchool,
    private readonly updateSchool: UpdateSchool,
    private readonly schools: SchoolReader,
  ) {}

  @Post()
  @Requires('school.create')
  @Operation({
    id: 'createSchool',
    summary: 'Open a school',
    description: 'Makes the school and invites its owner by e-mail.',
    ok: SchoolDto,
    status: 201,
    problems: [SlugTaken, InvalidSlug, InvalidCvr],
  })
  create(@Body() body: CreateSchoolDto): Promise<SchoolView> {
    return this.createSchool.execute(body);
  }

  @Get()
  @Requires('school.list')
  @Operation({
    id: 'listSchools',
    summary: 'List the platform’s schools',
    description: 'For those who run the platform. Nothing of a school’s people is in it.',
    ok: PageOf(SchoolSummaryDto),
  })
  list(@Query() query: SchoolListQuery): Promise<Page<SchoolSummary>> {
    return this.schools.list(query);
  }

  @Get(':schoolId')
  @Requires('school.read')
  @Operation({
    id: 'getSchool',
    summary: 'Read a school',
    description: 'Its address, language, time zone and rules.',
    ok: SchoolDto,
    problems: [SchoolNotFound],
  })
  get(@IdParam('schoolId') schoolId: Id): Promise<SchoolView> {
    return this.schools.get(schoolId);
  }

  @Patch(':schoolId')
  @Conditional()
  @Requires('school.update')
  @Operation({
    id: 'updateSchool',
    summary: 'Change a school',
    description:
      'Fields left out stay as they are. Invoices issued before keep the name and address they were issued with.',
    ok: SchoolDto,
    problems: [SchoolNotFound, InvalidCvr],
  })
  update(@IdParam('schoolId') _schoolId: Id, @Body() body: UpdateSchoolDto): Promise<SchoolView> {
    return this.updateSchool.execute(body);
  }
}
