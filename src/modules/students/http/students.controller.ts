import { Body, Controller, Get, Patch, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../platform/auth/actor.js';
import { AlwaysAdmitted } from '../../../platform/auth/always-admitted.js';
import { Conditional } from '../../../platform/http/conditional/conditional.js';
import { csvFile } from '../../../platform/http/csv-file.js';
import { CallersLanguage, type Language } from '../../../platform/http/language.js';
import { Operation } from '../../../platform/http/operation.js';
import { type Page, PageOf, PageQuery } from '../../../platform/http/paging.js';
import { IdParam } from '../../../platform/http/params.js';
import { RateLimit } from '../../../platform/http/rate-limit/rate-limit.js';
import type { Id } from '../../../platform/values/id.js';
import { Requires } from '../../identity/index.js';
import {
  InvalidBirthDate,
  SortNotPossible,
  StatusNotAllowed,
  StudentErased,
  StudentExists,
  StudentNotFound,
} from '../domain/student-problems.js';
import type { StudentSummary } from '../queries/student-list.js';
import { StudentReader, type StudentView } from '../queries/student-reader.js';
import { EnrolStudent } from '../use-cases/enrol-student.js';
import { ExportStudents } from '../use-cases/export-students.js';
import { UpdateStudent } from '../use-cases/update-student.js';
import {
  EnrolStudentDto,
  StudentDto,
  StudentExportQuery,
  StudentListQuery,
  StudentSummaryDto,
  UpdateStudentDto,
} from './student.dto.js';

@Controller('v1/schools/:schoolId/students')
@ApiTags('Students')
export class StudentsController {
  constructor(
    private readonly enrolStudent: EnrolStudent,
    private readonly updateStudent: UpdateStudent,
    private readonly exportStudents: ExportStudents,
    private readonly students: StudentReader,
  ) {}

  @Post()
  @Requires('student.enrol')
  @Operation({
    id: 'enrolStudent',
    summary: 'Enrol a student',
    description: 'Invites the student by e-mail to set a password.',
    ok: StudentDto,
    status: 201,
    problems: [StudentExists, InvalidBirthDate],
  })
  enrol(@IdParam('schoolId') _schoolId: Id, @Body() body: EnrolStudentDto): Promise<StudentView> {
    return this.enrolStudent.execute(body);
  }

  @Get()
  @Requires('student.list')
  @Operation({
    id: 'listStudents',
    summary: 'List or search the school’s students',
    description: 'By name unless asked otherwise; what is searched comes in the order of the words that are found.',
    ok: PageOf(StudentSummaryDto),
    problems: [SortNotPossible],
  })
  list(@IdParam('schoolId') _schoolId: Id, @Query() query: StudentListQuery): Promise<Page<StudentSummary>> {
    return this.students.list(query);
  }

  @Get('export.csv')
  @RateLimit({ name: 'student-export', points: 10, seconds: 60, by: 'caller' })
  @Requires('student.export')
  @Operation({
    id: 'exportStudents',
    summary: 'Download the school’s students as CSV',
    description:
      'In the order of enrolment; separated, headed and dated as spreadsheets of the language expect it. An import takes the ' +
      'list as it is. A cell that would be a formula begins with a quote.',
    file: 'text/csv',
  })
  async export(
    @IdParam('schoolId') _schoolId: Id,
    @Query() { status, language }: StudentExportQuery,
    @CallersLanguage() callers: Language,
  ): Promise<StreamableFile> {
    return csvFile(await this.exportStudents.execute({ status, language: language ?? callers }), 'students');
  }

  @Get('me')
  @Requires('student.read')
  @Operation({
    id: 'getMyStudent',
    summary: 'Read the student you are at this school',
    description: 'The record of the student who is signed in.',
    ok: StudentDto,
    problems: [StudentNotFound],
  })
  own(@IdParam('schoolId') _schoolId: Id, @CurrentActor() actor: Actor): Promise<StudentView> {
    return this.students.own(actor);
  }

  @Get('wards')
  @Requires('ward.list')
  @Operation({
    id: 'listWards',
    summary: 'List the students you are guardian of, by name',
    description: 'Those under 18. Everything else that takes a student’s id takes theirs.',
    ok: PageOf(StudentSummaryDto),
  })
  wards(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @Query() query: PageQuery,
  ): Promise<Page<StudentSummary>> {
    return this.students.wards(actor, query);
  }

  @Get(':studentId')
  @Requires('student.read')
  @Operation({
    id: 'getStudent',
    summary: 'Read a student',
    description: 'A student reads himself alone, a guardian his wards.',
    ok: StudentDto,
    problems: [StudentNotFound],
  })
  get(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('studentId') studentId: Id,
  ): Promise<StudentView> {
    return this.students.get(actor, studentId);
  }

  @Patch(':studentId')
  @AlwaysAdmitted('what is kept of a person must be right')
  @Conditional()
  @Requires('student.update')
  @Operation({
    id: 'updateStudent',
    summary: 'Change a student',
    description: 'Fields left out stay as they are; null clears. The e-mail address is the student’s own to change.',
    ok: StudentDto,
    problems: [StudentNotFound, StudentErased, new StatusNotAllowed('completed', 'enrolled'), InvalidBirthDate],
  })
  update(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('studentId') studentId: Id,
    @Body() body: UpdateStudentDto,
  ): Promise<StudentView> {
    return this.updateStudent.execute(studentId, body);
  }
}
