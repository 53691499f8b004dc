import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Operation } from '../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../platform/http/paging.js';
import { IdParam } from '../../../platform/http/params.js';
import type { Id } from '../../../platform/values/id.js';
import { Requires } from '../domain/requires.js';
import { type AuditLine, AuditLog } from '../queries/audit-log.js';
import { AuditEntryDto, AuditLogQuery } from './audit-log.dto.js';

@Controller('v1')
@ApiTags('Audit log')
export class AuditLogController {
  constructor(private readonly log: AuditLog) {}

  @Get('schools/:schoolId/audit-log')
  @Requires('audit.read')
  @Operation({
    id: 'listAuditEntries',
    summary: 'Read who did what in the school',
    description: 'Every change of money, access, people and the diary, and every export; newest first.',
    ok: PageOf(AuditEntryDto),
  })
  ofSchool(@IdParam('schoolId') _schoolId: Id, @Query() query: AuditLogQuery): Promise<Page<AuditLine>> {
    return this.log.ofSchool(query);
  }

  @Get('audit-log')
  @Requires('platform_audit.read')
  @Operation({
    id: 'listPlatformAuditEntries',
    summary: 'Read what was done outside of any school',
    description: 'Sign-ins, passwords, and what operators did; newest first.',
    ok: PageOf(AuditEntryDto),
  })
  ofPlatform(@Query() query: AuditLogQuery): Promise<Page<AuditLine>> {
    return this.log.ofPlatform(query);
  }
}
