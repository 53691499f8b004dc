import { Body, Controller, Delete, Get, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../platform/auth/actor.js';
import { AlwaysAdmitted } from '../../../platform/auth/always-admitted.js';
import { Conditional } from '../../../platform/http/conditional/conditional.js';
import { Operation } from '../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../platform/http/paging.js';
import { IdParam } from '../../../platform/http/params.js';
import type { Id } from '../../../platform/values/id.js';
import { Requires } from '../../identity/index.js';
import { StudentNotFound } from '../../students/index.js';
import {
  StudentNotLearning,
  TheoryAccountNeeded,
  TheoryAccountTaken,
  TheoryNotAvailable,
  TheoryNotEnabled,
} from '../domain/theory-problems.js';
import { TheoryCatalogues, type TheoryCatalogueView } from '../queries/theory-catalogues.js';
import { TheoryList, type TheoryListItem } from '../queries/theory-list.js';
import { TheoryReader, type TheoryView } from '../queries/theory-reader.js';
import { ConfigureTheory, type TheorySettingsView } from '../use-cases/configure-theory.js';
import { EndTheoryLink } from '../use-cases/end-theory-link.js';
import { RequestTheoryLink } from '../use-cases/request-theory-link.js';
import { TheoryCatalogueDto, TheoryDto, TheoryListItemDto, TheoryListQuery, TheorySettingsDto } from './theory.dto.js';

@Controller('v1/schools/:schoolId')
@ApiTags('Theory')
export class TheoryController {
  constructor(
    private readonly settings: ConfigureTheory,
    private readonly requestLink: RequestTheoryLink,
    private readonly endLink: EndTheoryLink,
    private readonly theory: TheoryReader,
    private readonly students: TheoryList,
    private readonly catalogues: TheoryCatalogues,
  ) {}

  @Get('theory-settings')
  @Requires('theory.configure')
  @Operation({
    id: 'getTheorySettings',
    summary: 'Read whether students learn at the theory platform',
    description: 'Off until the school turns it on.',
    ok: TheorySettingsDto,
  })
  readSettings(@IdParam('schoolId') _schoolId: Id): Promise<TheorySettingsView> {
    return this.settings.read();
  }

  @Put('theory-settings')
  @Conditional()
  @Requires('theory.configure')
  @Operation({
    id: 'updateTheorySettings',
    summary: 'Turn the theory platform on or off',
    description: 'Students who are linked stay so, and what the platform tells of them is kept.',
    ok: TheorySettingsDto,
    problems: [TheoryNotAvailable, TheoryAccountNeeded, TheoryAccountTaken],
  })
  configure(@IdParam('schoolId') _schoolId: Id, @Body() body: TheorySettingsDto): Promise<TheorySettingsView> {
    return this.settings.execute(body);
  }

  @Get('theory-catalogue')
  @Requires('theory.read')
  @Operation({
    id: 'getTheoryCatalogue',
    summary: 'Read what there is to learn at the theory platform',
    description: 'As it was read last; twice a day.',
    ok: TheoryCatalogueDto,
  })
  catalogue(@IdParam('schoolId') _schoolId: Id): Promise<TheoryCatalogueView> {
    return this.catalogues.read();
  }

  @Get('theory-progress')
  @Requires('theory.list')
  @Operation({
    id: 'listTheoryProgress',
    summary: 'List how far the school’s students are with the theory',
    description: 'Whoever is linked to the theory platform, or waits for it. Newest first unless asked otherwise.',
    ok: PageOf(TheoryListItemDto),
  })
  list(@IdParam('schoolId') _schoolId: Id, @Query() query: TheoryListQuery): Promise<Page<TheoryListItem>> {
    return this.students.page(query);
  }

  @Get('students/:studentId/theory')
  @Requires('theory.read')
  @Operation({
    id: 'getTheory',
    summary: 'Read how far a student is with the theory',
    description: 'With his last tests, and the way to his login while he has none. A student reads his own.',
    ok: TheoryDto,
    problems: [StudentNotFound],
  })
  read(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('studentId') studentId: Id,
  ): Promise<TheoryView> {
    return this.theory.of(actor, studentId);
  }

  @Post('students/:studentId/theory-link')
  @Requires('theory.link')
  @Operation({
    id: 'linkTheory',
    summary: 'Give a student a place at the theory platform',
    description:
      'He is created there, or found by his e-mail address, by a job that goes on until the platform answers. Whoever is linked ' +
      'or waits stays as he is; whom the platform has refused it is asked for again.',
    status: 202,
    problems: [StudentNotFound, TheoryNotEnabled, StudentNotLearning],
  })
  link(@IdParam('schoolId') _schoolId: Id, @IdParam('studentId') studentId: Id): Promise<void> {
    return this.requestLink.execute(studentId);
  }

  @Delete('students/:studentId/theory-link')
  @Requires('theory.link')
  @AlwaysAdmitted('a place that is given back costs nobody anything')
  @Operation({
    id: 'unlinkTheory',
    summary: 'Take a student’s place at the theory platform back',
    description: 'What he has learnt stays here. The platform hears of it by a job.',
    problems: [StudentNotFound],
  })
  unlink(@IdParam('schoolId') _schoolId: Id, @IdParam('studentId') studentId: Id): Promise<void> {
    return this.endLink.execute(studentId);
  }
}
