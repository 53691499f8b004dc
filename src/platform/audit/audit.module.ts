import { Global, Module } from '@nestjs/common';
import { Audit } from './audit.js';

/** The record of who did what. */
@Global()
@Module({ providers: [Audit], exports: [Audit] })
export class AuditModule {}
