import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Transaction } from '../../../platform/database/transaction.js';
import { newId, type Id } from '../../../platform/values/id.js';
import type { Money } from '../../../platform/values/money.js';
import { StudentDirectory } from '../../students/index.js';
import { WrongCurrency } from '../domain/errors.js';
import { SellerReader } from '../queries/seller-reader.js';
import { RecordCharge } from './record-charge.js';

export interface ManualCharge {
  readonly studentId: Id;
  readonly description: string;
  readonly gross: Money;
  readonly vatRateBp: number;
}

/** Charges a student by hand, for what no booking stands for. */
@Injectable()
export class CreateCharge {
  constructor(
    readonly em: EntityManager,
    private readonly students: StudentDirectory,
    private readonly sellers: SellerReader,
    private readonly recordCharge: RecordCharge,
  ) {}

  /** @returns the charge's id. @throws StudentNotFound, WrongCurrency, AmountNotPositive */
  @Transaction()
  async execute(charge: ManualCharge): Promise<Id> {
    await this.students.get(charge.studentId);
    const { currency } = await this.sellers.terms();
    if (charge.gross.currency !== currency) throw new WrongCurrency(currency);
    return this.recordCharge.execute({ ...charge, source: 'manual', sourceId: newId() });
  }
}
