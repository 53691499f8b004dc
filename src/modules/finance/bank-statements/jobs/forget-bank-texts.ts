import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { globalQuery, type Tables } from '../../../../platform/database/query.js';
import { Schedule } from '../../../../platform/schedules/schedule.js';
import { acrossSchools } from '../../../../platform/tenancy/tenancy.js';
import type { BankLineSchema } from '../domain/bank-statement.js';

const daysKept = 90;
const atOnce = 5_000;

/** Forgets who sent money once it has long been decided what it was: the payment keeps what bookkeeping needs. */
@Injectable()
export class ForgetBankTexts {
  constructor(private readonly em: EntityManager) {}

  @Schedule('finance.forget-bank-texts', { daily: '03:50' })
  async run(now: Date): Promise<void> {
    const before = new Date(now.getTime() - daysKept * 86_400_000);
    await acrossSchools('texts of bank lines that were decided long ago', () =>
      globalQuery<Tables<typeof BankLineSchema>>(this.em)
        .updateTable('bank_lines')
        .set({ text: null, reason: null, decided_at: null })
        .where('decided_at', '<', before)
        .limit(atOnce)
        .execute(),
    );
  }
}
