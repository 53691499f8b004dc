import {
  EnumField,
  IdField,
  InstantField,
  IntField,
  MoneyDto,
  MoneyField,
  TextField,
} from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/list-query.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import { chargeSources, type ChargeSource, chargeStates, type ChargeState } from '../domain/charge.js';
import type { ManualCharge } from '../use-cases/create-charge.js';
import { chargeList } from '../queries/charge-reader.js';

export class CreateChargeDto {
  @IdField({ description: 'The student who owes it.' })
  studentId: Id;

  @TextField({ description: 'As on the invoice.', example: 'Lærebog' })
  description: string;

  @MoneyField({ description: 'Price including VAT, in the school’s currency; above zero.' })
  gross: MoneyDto;

  @IntField({ description: 'VAT rate in basis points: 2500 is 25 %, 0 is exempt.', example: 2500, min: 0, max: 10_000 })
  vatRateBp: number;

  toCommand(): ManualCharge {
    const { studentId, description, gross, vatRateBp } = this;
    return { studentId, description, gross: Money.of(gross.amount, gross.currency), vatRateBp };
  }
}

export class ChargeListQuery extends ListQuery(chargeList) {
  @IdField({ description: 'Charges of this student alone.', optional: true })
  studentId?: Id;

  @EnumField(chargeStates, { description: 'Charges in this state alone.', example: 'open', optional: true })
  state?: ChargeState;
}

export class ChargeDto {
  @IdField({ description: 'Id of the charge.' })
  id: Id;

  @IdField({ description: 'The student who owes it.' })
  studentId: Id;

  @EnumField(chargeSources, { description: 'What it is for.', example: 'booking' })
  source: ChargeSource;

  @IdField({ description: 'The booking it is for, or an id of its own when manual.' })
  sourceId: Id;

  @TextField({ description: 'As on the invoice.', example: 'Kørelektion 2026-12-01 09:00' })
  description: string;

  @MoneyField({ description: 'Price including VAT.' })
  gross: MoneyDto;

  @IntField({ description: 'VAT rate in basis points.', example: 2500, min: 0, max: 10_000 })
  vatRateBp: number;

  @EnumField(chargeStates, { description: 'Open until it is invoiced or voided.', example: 'open' })
  state: ChargeState;

  @IdField({ description: 'The invoice it is on.', nullable: true })
  invoiceId: Id | null;

  @IdField({ description: 'The instalment that it is invoiced with; null: none.', nullable: true })
  instalmentId: Id | null;

  @InstantField({ description: 'When it came up.', example: '2026-12-01T08:00:00.000Z' })
  occurredAt: Date;
}
