import { Body, Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../platform/auth/actor.js';
import { Operation } from '../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../platform/http/paging.js';
import { IdParam } from '../../../platform/http/params.js';
import type { Id } from '../../../platform/values/id.js';
import { SupportAccessNotFound } from '../domain/identity-problems.js';
import { Requires } from '../domain/requires.js';
import { SupportAccessReader, type SupportAccessView } from '../queries/support-access-reader.js';
import { CloseSupportAccess } from '../use-cases/close-support-access.js';
import { OpenSupportAccess } from '../use-cases/open-support-access.js';
import { OpenSupportAccessDto, SupportAccessDto, SupportAccessListQuery } from './support-access.dto.js';

@Controller('v1/schools/:schoolId/support-access')
@ApiTags('Audit log')
export class SupportAccessController {
  constructor(
    private readonly openAccess: OpenSupportAccess,
    private readonly closeAccess: CloseSupportAccess,
    private readonly accesses: SupportAccessReader,
  ) {}

  @Post()
  @Requires('support_access.open')
  @Operation({
    id: 'openSupportAccess',
    summary: 'Look into a school, for a reason',
    description:
      'From now on, for so many minutes, the caller may read in this school what its office reads, and change nothing. The owner sees who ' +
      'looked, when and why.',
    ok: SupportAccessDto,
    status: 201,
  })
  open(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @Body() body: OpenSupportAccessDto,
  ): Promise<SupportAccessView> {
    return this.openAccess.execute(actor, body);
  }

  @Get()
  @Requires('support_access.read')
  @Operation({
    id: 'listSupportAccesses',
    summary: 'List who of the platform looked into the school',
    description: 'Newest first, with the reason each gave.',
    ok: PageOf(SupportAccessDto),
  })
  list(@IdParam('schoolId') _schoolId: Id, @Query() query: SupportAccessListQuery): Promise<Page<SupportAccessView>> {
    return this.accesses.list(query);
  }

  @Delete(':supportAccessId')
  @Requires('support_access.close')
  @Operation({
    id: 'closeSupportAccess',
    summary: 'End a support access before its time',
    description: 'The next request finds the school closed. Ending it again changes nothing.',
    problems: [SupportAccessNotFound],
  })
  close(@IdParam('schoolId') _schoolId: Id, @IdParam('supportAccessId') supportAccessId: Id): Promise<void> {
    return this.closeAccess.execute(supportAccessId);
  }
}
