import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, bins, globalQuery, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import {
  type DataSubject,
  ErasesPersonalData,
  ExportsPersonalData,
  type Kept,
} from '../../../../platform/privacy/personal-data.decorators.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../../platform/values/id.js';
import type { PaymentSchema } from '../../domain/payment.js';
import type { BankLineSchema } from '../domain/bank-statement.js';

type Db = Tables<typeof BankLineSchema | typeof PaymentSchema>;

/** What the bank said of a person's payments. */
@Injectable()
export class BankPrivacy {
  constructor(private readonly em: EntityManager) {}

  @ExportsPersonalData('bankLines')
  async export({ id }: DataSubject): Promise<unknown> {
    return (await this.lines(id)).map(({ id: _id, ...line }) => line);
  }

  @ErasesPersonalData('bankLines')
  async erase({ id }: DataSubject): Promise<Kept | null> {
    const ids = (await this.lines(id)).map((line) => line.id);
    if (ids.length > 0)
      await globalQuery<Db>(this.em)
        .updateTable('bank_lines')
        .set({ text: null, reason: null })
        .where('school_id', '=', bin(currentSchool()))
        .where('id', 'in', bins(ids))
        .execute();
    return null;
  }

  private lines(studentId: Id) {
    return schoolQuery<Db>(this.em)
      .selectFrom('bank_lines')
      .innerJoin('payments', (join) =>
        join
          .onRef('payments.school_id', '=', 'bank_lines.school_id')
          .onRef('payments.id', '=', 'bank_lines.payment_id'),
      )
      .select(['bank_lines.id', 'booked_on as bookedOn', 'bank_lines.amount_minor as amountMinor', 'bank_lines.text'])
      .where('payments.student_id', '=', bin(studentId))
      .orderBy('bank_lines.id')
      .execute();
  }
}
