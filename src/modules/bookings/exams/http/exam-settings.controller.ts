import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Conditional } from '../../../../platform/http/conditional/conditional.js';
import { Operation } from '../../../../platform/http/operation.js';
import { IdParam } from '../../../../platform/http/params.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import { InvalidExamSettings } from '../domain/exam-problems.js';
import type { ExamRules } from '../domain/exam-settings.js';
import { ExamSettingsReader } from '../queries/exam-settings-reader.js';
import { ConfigureExams } from '../use-cases/configure-exams.js';
import { ExamSettingsDto } from './exam-settings.dto.js';

@Controller('v1/schools/:schoolId/exam-settings')
@ApiTags('Exams')
export class ExamSettingsController {
  constructor(
    private readonly configure: ConfigureExams,
    private readonly settings: ExamSettingsReader,
  ) {}

  @Get()
  @Requires('exam.manage')
  @Operation({
    id: 'getExamSettings',
    summary: 'Read the rules for exams',
    description:
      'Deadlines, waits and fees as the school has written them down; the authorities change them now and then.',
    ok: ExamSettingsDto,
  })
  read(@IdParam('schoolId') _schoolId: Id): Promise<ExamRules> {
    return this.settings.rules();
  }

  @Put()
  @Conditional()
  @Requires('exam.configure')
  @Operation({
    id: 'updateExamSettings',
    summary: 'Change the rules for exams',
    description: 'All of them at once. Exams that are planned already keep their deadline and fee.',
    ok: ExamSettingsDto,
    problems: [new InvalidExamSettings([])],
  })
  update(@IdParam('schoolId') _schoolId: Id, @Body() body: ExamSettingsDto): Promise<ExamRules> {
    return this.configure.execute(body);
  }
}
