import { Global, Module } from '@nestjs/common';
import { Audit } from './audit.js';
import { PurgeAudit } from './purge-audit.js';

/** The record of who did what. */
@Global()
@Module({ providers: [Audit, PurgeAudit], exports: [Audit] })
export class AuditModule {}
