import { IdField, InstantField, MoneyDto, MoneyField, TextField } from '../../../../platform/http/fields.js';
import { ListQuery } from '../../../../platform/http/list-query.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { writeOffList } from '../queries/write-off-reader.js';
import type { WriteOffCommand } from '../use-cases/write-off-invoice.js';

export class WriteOffInvoiceDto {
  @MoneyField({ description: 'How much; all that is outstanding when left out.', optional: true })
  amount?: MoneyDto;

  @TextField({ description: 'Why.', example: 'Eleven er flyttet til udlandet', max: 500 })
  reason: string;

  toCommand(invoiceId: Id): WriteOffCommand {
    const { amount, reason } = this;
    return { invoiceId, reason, ...(amount && { amount: Money.of(amount.amount, amount.currency) }) };
  }
}

export class ReverseWriteOffDto {
  @TextField({ description: 'Why.', example: 'Eleven betalte alligevel', max: 500 })
  reason: string;
}

export class WriteOffListQuery extends ListQuery(writeOffList) {
  @IdField({ description: 'What was written off of this invoice alone.', optional: true })
  invoiceId?: Id;
}

export class WriteOffDto {
  @IdField({ description: 'Id of the write-off.' })
  id: Id;

  @IdField({ description: 'The invoice.' })
  invoiceId: Id;

  @IdField({ description: 'The student who owed it.' })
  studentId: Id;

  @MoneyField({ description: 'How much, VAT included.' })
  amount: MoneyDto;

  @TextField({ description: 'Why.', example: 'Eleven er flyttet til udlandet', max: 500 })
  reason: string;

  @IdField({ description: 'Who wrote it off.' })
  writtenOffBy: Id;

  @InstantField({ description: 'When.', example: '2026-12-01T09:00:00.000Z' })
  writtenOffAt: Date;

  @IdField({ description: 'Who reversed it; null while it stands.', nullable: true })
  reversedBy: Id | null;

  @InstantField({ description: 'When.', example: '2026-12-06T09:00:00.000Z', nullable: true })
  reversedAt: Date | null;

  @TextField({ description: 'Why.', example: 'Eleven betalte alligevel', max: 500, nullable: true })
  reverseReason: string | null;
}
