import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../../platform/auth/actor.js';
import { Operation } from '../../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../../platform/http/paging.js';
import { IdParam } from '../../../../platform/http/params.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { Requires } from '../../../identity/index.js';
import { AmountNotPositive, InvoiceNotFound, NothingToPay, WrongCurrency } from '../../domain/errors.js';
import { WriteOffAboveOutstanding, WriteOffNotFound, WriteOffReversed } from '../domain/errors.js';
import { WriteOffReader, type WriteOffView } from '../queries/write-off-reader.js';
import { ReverseWriteOff } from '../use-cases/reverse-write-off.js';
import { WriteOffInvoice } from '../use-cases/write-off-invoice.js';
import { ReverseWriteOffDto, WriteOffDto, WriteOffInvoiceDto, WriteOffListQuery } from './write-off.dto.js';

@Controller('v1/schools/:schoolId')
@ApiTags('Invoices')
export class WriteOffsController {
  constructor(
    private readonly writeOffInvoice: WriteOffInvoice,
    private readonly reverseWriteOff: ReverseWriteOff,
    private readonly writeOffs: WriteOffReader,
  ) {}

  @Post('invoices/:invoiceId/write-offs')
  @Requires('invoice.write_off')
  @Operation({
    id: 'writeOffInvoice',
    summary: 'Write off what an invoice will never bring',
    description:
      'In whole or in part, as a loss. The VAT in it stays paid: claiming it back is the bookkeeper’s decision.',
    ok: WriteOffDto,
    status: 201,
    problems: [
      InvoiceNotFound,
      NothingToPay,
      new WrongCurrency('DKK'),
      new AmountNotPositive('amount'),
      new WriteOffAboveOutstanding(Money.of(50_000)),
    ],
  })
  async make(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('invoiceId') invoiceId: Id,
    @Body() body: WriteOffInvoiceDto,
  ): Promise<WriteOffView> {
    return this.writeOffs.get(await this.writeOffInvoice.execute(actor, body.toCommand(invoiceId)));
  }

  @Get('write-offs')
  @Requires('ledger.read')
  @Operation({
    id: 'listWriteOffs',
    summary: 'List write-offs, newest first',
    description: 'Those that were reversed too.',
    ok: PageOf(WriteOffDto),
  })
  list(@IdParam('schoolId') _schoolId: Id, @Query() query: WriteOffListQuery): Promise<Page<WriteOffView>> {
    return this.writeOffs.list(query);
  }

  @Post('write-offs/:writeOffId/reverse')
  @Requires('invoice.write_off')
  @Operation({
    id: 'reverseWriteOff',
    summary: 'Reverse a write-off',
    description: 'The student owes it again, and may pay it.',
    ok: WriteOffDto,
    problems: [WriteOffNotFound, WriteOffReversed],
  })
  async reverse(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('writeOffId') writeOffId: Id,
    @Body() { reason }: ReverseWriteOffDto,
  ): Promise<WriteOffView> {
    await this.reverseWriteOff.execute(actor, writeOffId, reason);
    return this.writeOffs.get(writeOffId);
  }
}
