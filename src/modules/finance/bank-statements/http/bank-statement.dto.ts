import {
  EnumField,
  IdField,
  InstantField,
  IntField,
  LocalDateField,
  MoneyDto,
  MoneyField,
  TextField,
} from '../../../../platform/http/fields.js';
import { ListQuery } from '../../../../platform/http/list-query.js';
import type { Id } from '../../../../platform/values/id.js';
import { type BankDoubt, bankDoubts, type BankLineState, bankLineStates } from '../domain/bank-statement.js';
import { bankLineList, bankStatementList } from '../queries/bank-lines.js';

export class UploadBankStatementQuery {
  @TextField({ description: 'What the file calls the date.', example: 'Bogført dato', max: 60, optional: true })
  date?: string;

  @TextField({ description: 'What the file calls the amount.', example: 'Beløb', max: 60, optional: true })
  amount?: string;

  @TextField({ description: 'What the file calls the text.', example: 'Tekst', max: 60, optional: true })
  text?: string;
}

export class BankStatementListQuery extends ListQuery(bankStatementList) {}

const count = { min: 0, max: 20_000 };

export class BankStatementDto {
  @IdField({ description: 'Id of the statement.' })
  id: Id;

  @IntField({ description: 'Lines of money that came in.', example: 120, ...count })
  readLines: number;

  @IntField({ description: 'Those that no earlier file had.', example: 40, ...count })
  newLines: number;

  @IntField({ description: 'Lines that nobody has looked at yet.', example: 0, ...count })
  waiting: number;

  @IntField({ description: 'Lines that are payments.', example: 36, ...count })
  matched: number;

  @IntField({ description: 'Lines that somebody must decide on.', example: 3, ...count })
  doubtful: number;

  @IntField({ description: 'Lines that are no payments.', example: 1, ...count })
  ignored: number;

  @IdField({ description: 'Who uploaded it.' })
  uploadedBy: Id;

  @InstantField({ description: 'When it was uploaded.', example: '2026-12-01T08:00:00.000Z' })
  createdAt: Date;
}

export class BankLineListQuery extends ListQuery(bankLineList) {
  @EnumField(bankLineStates, { description: 'Lines in this state alone.', example: 'doubtful', optional: true })
  state?: BankLineState;

  @IdField({ description: 'Lines of this statement alone.', optional: true })
  statementId?: Id;
}

export class BankLineDto {
  @IdField({ description: 'Id of the line.' })
  id: Id;

  @IdField({ description: 'The statement.' })
  statementId: Id;

  @LocalDateField({ description: 'When the bank booked it.', example: '2026-11-30' })
  bookedOn: string;

  @MoneyField({ description: 'What came.' })
  amount: MoneyDto;

  @TextField({
    description: 'What the bank says of it, account numbers masked; null once it is forgotten.',
    example: 'Fra ••••4567 faktura 12',
    max: 500,
    nullable: true,
  })
  text: string | null;

  @EnumField(bankLineStates, { description: 'What became of it.', example: 'doubtful' })
  state: BankLineState;

  @EnumField(bankDoubts, {
    description: 'Why somebody must decide: nothing tells; the amount alone does; the amount is another; several fit.',
    example: 'amount_only',
    nullable: true,
  })
  doubt: BankDoubt | null;

  @IdField({ description: 'The invoice that it paid, or seems to be for.', nullable: true })
  invoiceId: Id | null;

  @IdField({ description: 'The payment that it became.', nullable: true })
  paymentId: Id | null;

  @TextField({ description: 'Why it was ignored.', example: 'Renter', nullable: true })
  reason: string | null;
}

export class MatchBankLineDto {
  @IdField({ description: 'The invoice that it pays; what that does not need is the student’s credit.' })
  invoiceId: Id;
}

export class IgnoreBankLineDto {
  @TextField({ description: 'Why it is no payment.', example: 'Renter' })
  reason: string;
}
