import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { BoolField, InstantField, SecretField } from '../../../../platform/http/fields.js';
import { AnswerNotStored } from '../../../../platform/http/idempotency/answer-not-stored.js';
import { Operation } from '../../../../platform/http/operation.js';
import { IdParam } from '../../../../platform/http/params.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import { InvoiceNotFound } from '../../domain/errors.js';
import { HandOutPayLink } from '../use-cases/hand-out-pay-link.js';
import type { PayLink } from '../use-cases/pay-links.js';

class OpenPayLinkDto {
  @BoolField({
    description: 'A new link; the one of until now opens nothing any more.',
    example: false,
    optional: true,
    default: false,
  })
  renew: boolean = false;
}

class PayLinkDto {
  @SecretField({
    description: 'Where the invoice is paid without signing in; whoever has it may.',
    example: 'https://app.example/pay/vU3cO0bX2mQyq5s8w1kZ7A',
  })
  url: string;

  @InstantField({ description: 'Until when it works.', example: '2027-03-01T08:00:00.000Z' })
  expiresAt: Date;
}

@Controller('v1/schools/:schoolId/invoices/:invoiceId/pay-link')
@ApiTags('Invoices')
export class PayLinksController {
  constructor(private readonly handOut: HandOutPayLink) {}

  @Post()
  @Requires('invoice.issue')
  @AnswerNotStored('whoever has the link may pay')
  @Operation({
    id: 'openPayLink',
    summary: 'Get the link by which an invoice is paid',
    description: 'The same as in the e-mail, for whoever has lost it. It shows and pays this one invoice.',
    ok: PayLinkDto,
    status: 201,
    problems: [InvoiceNotFound],
  })
  open(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('invoiceId') invoiceId: Id,
    @Body() { renew }: OpenPayLinkDto,
  ): Promise<PayLink> {
    return this.handOut.execute(invoiceId, renew);
  }
}
