import { Body, Controller, Get, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AlwaysAdmitted } from '../../../platform/auth/always-admitted.js';
import { type Actor, CurrentActor } from '../../../platform/auth/actor.js';
import { AsksOutside } from '../../../platform/http/idempotency/own-transactions.js';
import { Operation } from '../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../platform/http/paging.js';
import { IdParam } from '../../../platform/http/params.js';
import { Uncounted } from '../../../platform/http/rate-limit/limit-problems.js';
import { RateLimit } from '../../../platform/http/rate-limit/rate-limit.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import { Requires } from '../../identity/index.js';
import { StudentNotFound } from '../../students/index.js';
import {
  AmountNotPositive,
  ChargeInInstalments,
  ChargeNotFound,
  ChargeNotOpen,
  CheckoutRejected,
  CreditAboveLeft,
  GatewayUnclear,
  InvoiceLineNotFound,
  InvoiceNotFound,
  InvoiceWrittenOff,
  MixedCurrencies,
  NothingToCredit,
  NothingToInvoice,
  NothingToPay,
  WrongCurrency,
} from '../domain/errors.js';
import { InvoiceDirectory } from '../queries/invoice-directory.js';
import { InvoicePdf } from '../queries/invoice-pdf.js';
import type { InvoiceDetails, InvoiceSummary } from '../queries/invoice-views.js';
import { PaymentUnderWay } from '../domain/gateway-errors.js';
import { type Checkout, CreateCheckout } from '../use-cases/create-checkout.js';
import { CreditInvoice } from '../use-cases/credit-invoice.js';
import { IssueInvoice } from '../use-cases/issue-invoice.js';
import { CreditInvoiceDto, InvoiceDto, InvoiceListQuery, InvoiceSummaryDto, IssueInvoiceDto } from './invoice.dto.js';
import { paymentLimit } from './payment-limit.js';
import { CheckoutDto } from './payment.dto.js';

const whose = 'A student sees his own alone.';

@Controller('v1/schools/:schoolId/invoices')
@ApiTags('Invoices')
export class InvoicesController {
  constructor(
    private readonly issueInvoice: IssueInvoice,
    private readonly creditInvoice: CreditInvoice,
    private readonly createCheckout: CreateCheckout,
    private readonly invoices: InvoiceDirectory,
    private readonly pdf: InvoicePdf,
  ) {}

  @Post()
  @Requires('invoice.issue')
  @Operation({
    id: 'issueInvoice',
    summary: 'Invoice a student’s open charges',
    description: 'The invoice gets its number and is sent; what it says never changes.',
    ok: InvoiceDto,
    status: 201,
    problems: [StudentNotFound, ChargeNotFound, ChargeNotOpen, ChargeInInstalments, NothingToInvoice, MixedCurrencies],
  })
  issue(@IdParam('schoolId') _schoolId: Id, @Body() body: IssueInvoiceDto): Promise<InvoiceDetails> {
    return this.issueInvoice.issue(body);
  }

  @Get()
  @Requires('invoice.read')
  @Operation({
    id: 'listInvoices',
    summary: 'List invoices and credit notes, newest first',
    description: whose,
    ok: PageOf(InvoiceSummaryDto),
    problems: [StudentNotFound],
  })
  list(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @Query() query: InvoiceListQuery,
  ): Promise<Page<InvoiceSummary>> {
    return this.invoices.list(actor, query);
  }

  @Get(':invoiceId')
  @Requires('invoice.read')
  @Operation({
    id: 'getInvoice',
    summary: 'Read an invoice',
    description: whose,
    ok: InvoiceDto,
    problems: [InvoiceNotFound],
  })
  get(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('invoiceId') invoiceId: Id,
  ): Promise<InvoiceDetails> {
    return this.invoices.get(actor, invoiceId);
  }

  @Get(':invoiceId/pdf')
  @Requires('invoice.read')
  @Operation({
    id: 'getInvoicePdf',
    summary: 'Download an invoice as PDF',
    description: whose,
    file: 'application/pdf',
    problems: [InvoiceNotFound],
  })
  async paper(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('invoiceId') invoiceId: Id,
  ): Promise<StreamableFile> {
    const { number } = await this.invoices.get(actor, invoiceId);
    const disposition = `inline; filename="invoice-${number}.pdf"`;
    return new StreamableFile(await this.pdf.render(invoiceId), { type: 'application/pdf', disposition });
  }

  @Post(':invoiceId/checkout')
  @RateLimit(paymentLimit('checkout'))
  @Requires('invoice.pay')
  @AsksOutside('the intent is committed before the gateway is asked; while it is open, a repeat finds it')
  @Operation({
    id: 'createCheckout',
    summary: 'Start paying an invoice',
    description: 'Answers where to pay. While that checkout is open, asking again answers the same.',
    ok: CheckoutDto,
    status: 201,
    problems: [InvoiceNotFound, NothingToPay, PaymentUnderWay, CheckoutRejected, GatewayUnclear, Uncounted],
  })
  checkout(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('invoiceId') invoiceId: Id,
  ): Promise<Checkout> {
    return this.createCheckout.execute(actor, invoiceId);
  }

  @Post(':invoiceId/credit-notes')
  @Requires('invoice.credit')
  @AlwaysAdmitted('what was asked for wrongly is taken back')
  @Operation({
    id: 'creditInvoice',
    summary: 'Credit an invoice, in whole, by line or by amount',
    description:
      'Issues a credit note in the same sequence. What was paid for those lines is the student’s credit afterwards.',
    ok: InvoiceDto,
    status: 201,
    problems: [
      InvoiceNotFound,
      InvoiceLineNotFound,
      NothingToCredit,
      InvoiceWrittenOff,
      new WrongCurrency('DKK'),
      new AmountNotPositive('lines'),
      new CreditAboveLeft(Money.of(65_000, 'DKK')),
    ],
  })
  async credit(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('invoiceId') invoiceId: Id,
    @Body() body: CreditInvoiceDto,
  ): Promise<InvoiceDetails> {
    return this.invoices.get(actor, await this.creditInvoice.execute(invoiceId, body.toScope()));
  }
}
