import { Body, Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AlwaysAdmitted } from '../../../platform/auth/always-admitted.js';
import { type Actor, CurrentActor } from '../../../platform/auth/actor.js';
import { Operation } from '../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../platform/http/paging.js';
import { IdParam } from '../../../platform/http/params.js';
import type { Id } from '../../../platform/values/id.js';
import { Requires } from '../../identity/index.js';
import { GuardianExists, GuardianNotFound, GuardianOfHimself, StudentOfAge } from '../domain/guardian-problems.js';
import { StudentNotFound } from '../domain/student-problems.js';
import { GuardianReader, type GuardianView } from '../queries/guardian-reader.js';
import { AddGuardian } from '../use-cases/add-guardian.js';
import { RemoveGuardian } from '../use-cases/remove-guardian.js';
import { AddGuardianDto, GuardianDto, GuardianListQuery } from './guardian.dto.js';

@Controller('v1/schools/:schoolId/students/:studentId/guardians')
@ApiTags('Students')
export class GuardiansController {
  constructor(
    private readonly addGuardian: AddGuardian,
    private readonly removeGuardian: RemoveGuardian,
    private readonly guardians: GuardianReader,
  ) {}

  @Get()
  @Requires('guardian.read')
  @Operation({
    id: 'listGuardians',
    summary: 'List the guardians of a student',
    description: 'Oldest first. A student sees his own alone; guardians do not see each other.',
    ok: PageOf(GuardianDto),
    problems: [StudentNotFound],
  })
  list(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('studentId') studentId: Id,
    @Query() query: GuardianListQuery,
  ): Promise<Page<GuardianView>> {
    return this.guardians.list(actor, studentId, query);
  }

  @Post()
  @Requires('guardian.manage')
  @Operation({
    id: 'addGuardian',
    summary: 'Add a guardian to a student under 18',
    description:
      'Invites the guardian by e-mail. Until the student’s eighteenth birthday the guardian sees what the student sees, and books, cancels and pays for him. Name and phone of somebody known stay his own.',
    ok: GuardianDto,
    status: 201,
    problems: [StudentNotFound, GuardianExists, StudentOfAge, GuardianOfHimself],
  })
  add(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('studentId') studentId: Id,
    @Body() body: AddGuardianDto,
  ): Promise<GuardianView> {
    return this.addGuardian.execute(studentId, body);
  }

  @Delete(':guardianId')
  @Requires('guardian.manage')
  @AlwaysAdmitted('whoever must not get in any more is kept out')
  @Operation({
    id: 'removeGuardian',
    summary: 'End a guardianship',
    description: 'With the last one the guardian is no longer a member of the school, and his sessions end.',
    problems: [GuardianNotFound],
  })
  remove(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('studentId') studentId: Id,
    @IdParam('guardianId') guardianId: Id,
  ): Promise<void> {
    return this.removeGuardian.execute(studentId, guardianId);
  }
}
