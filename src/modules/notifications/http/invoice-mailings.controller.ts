import { Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Operation } from '../../../platform/http/operation.js';
import { IdParam } from '../../../platform/http/params.js';
import { RateLimit } from '../../../platform/http/rate-limit/rate-limit.js';
import type { Id } from '../../../platform/values/id.js';
import { InvoiceNotFound } from '../../finance/index.js';
import { Requires } from '../../identity/index.js';
import { ResendInvoice } from '../use-cases/resend-invoice.js';

@Controller('v1/schools/:schoolId/invoices/:invoiceId/mailings')
@ApiTags('Invoices')
export class InvoiceMailingsController {
  constructor(private readonly resend: ResendInvoice) {}

  @Post()
  @RateLimit({ name: 'resend-invoice', points: 30, seconds: 60, by: 'caller' })
  @Requires('invoice.issue')
  @Operation({
    id: 'resendInvoice',
    summary: 'Send an invoice or a credit note once more',
    description:
      'By e-mail with its PDF. What became of each mailing: list the messages with the invoice as `subjectId`.',
    status: 202,
    problems: [InvoiceNotFound],
  })
  send(@IdParam('schoolId') _schoolId: Id, @IdParam('invoiceId') invoiceId: Id): Promise<void> {
    return this.resend.execute(invoiceId);
  }
}
