import { EnumField, IdField, InstantField, MoneyDto, MoneyField, TextField } from '../../../../platform/http/fields.js';
import { ListQuery } from '../../../../platform/http/list-query.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { movementKinds, type MovementKind } from '../domain/cash-till.js';
import { cashMovementList, cashSessionList, cashTillList } from '../queries/cash-sessions.js';
import type { TillCount } from '../use-cases/close-till.js';

const none = { amount: 0, currency: 'DKK' };

export class AddTillDto {
  @TextField({ description: 'What it is called.', example: 'Kontoret', max: 100 })
  name: string;
}

export class CashTillDto {
  @IdField({ description: 'Id of the till.' })
  id: Id;

  @TextField({ description: 'What it is called.', example: 'Kontoret', max: 100 })
  name: string;

  @IdField({ description: 'Its open session; null while it is closed.', nullable: true })
  openSessionId: Id | null;
}

export class CashTillListQuery extends ListQuery(cashTillList) {}

export class OpenTillDto {
  @MoneyField({ description: 'What lies in it at the beginning; not negative.' })
  float: MoneyDto;
}

export class CloseTillDto {
  @MoneyField({ description: 'What was counted; not negative.' })
  counted: MoneyDto;

  @TextField({ description: 'Why it differs.', example: 'Byttepenge', max: 300, optional: true })
  note?: string;

  toCount(): TillCount {
    return { counted: Money.of(this.counted.amount, this.counted.currency), note: this.note ?? null };
  }
}

export class BankCashDto {
  @MoneyField({ description: 'How much goes to the bank; above zero.' })
  amount: MoneyDto;
}

export class CashSessionListQuery extends ListQuery(cashSessionList) {
  @IdField({ description: 'Sessions of this till alone.', optional: true })
  tillId?: Id;
}

export class CashSessionDto {
  @IdField({ description: 'Id of the session.' })
  id: Id;

  @IdField({ description: 'The till.' })
  tillId: Id;

  @MoneyField({ description: 'What lay in it at the beginning.' })
  float: MoneyDto;

  @MoneyField({ description: 'Payments taken in.' })
  taken: MoneyDto;

  @MoneyField({ description: 'Payments that were recorded by mistake.', example: none })
  reversed: MoneyDto;

  @MoneyField({ description: 'Refunds paid out.', example: none })
  refunded: MoneyDto;

  @MoneyField({ description: 'Taken to the bank.', example: none })
  banked: MoneyDto;

  @MoneyField({ description: 'What should be in it.' })
  expected: MoneyDto;

  @MoneyField({ description: 'What was counted; null while it is open.', nullable: true })
  counted: MoneyDto | null;

  @MoneyField({
    description: 'By how much more was counted than expected; null while it is open.',
    example: none,
    nullable: true,
  })
  difference: MoneyDto | null;

  @TextField({ description: 'Why it differs.', example: 'Byttepenge', max: 300, nullable: true })
  note: string | null;

  @IdField({ description: 'Who opened it.' })
  openedBy: Id;

  @InstantField({ description: 'When it was opened.', example: '2026-12-01T08:00:00.000Z' })
  openedAt: Date;

  @IdField({ description: 'Who counted it.', nullable: true })
  closedBy: Id | null;

  @InstantField({ description: 'When it was counted.', example: '2026-12-01T16:00:00.000Z', nullable: true })
  closedAt: Date | null;
}

export class CashMovementListQuery extends ListQuery(cashMovementList) {}

export class CashMovementDto {
  @IdField({ description: 'Id of the movement.' })
  id: Id;

  @EnumField(movementKinds, { description: 'What went in or out.', example: 'payment' })
  kind: MovementKind;

  @IdField({ description: 'The payment or refund; of banked money its voucher in the ledger.' })
  subjectId: Id;

  @MoneyField({ description: 'How much; negative when it went out.' })
  amount: MoneyDto;

  @InstantField({ description: 'When.', example: '2026-12-01T10:00:00.000Z' })
  at: Date;
}
