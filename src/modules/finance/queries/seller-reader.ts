import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery, type Tables } from '../../../platform/database/query.js';
import type { SchoolSchema } from '../../schools/index.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import type { Seller } from '../domain/invoice.js';
import { defaultPaymentTermsDays, type FinanceSettingsSchema } from '../domain/settings.js';

type Db = Tables<typeof SchoolSchema | typeof FinanceSettingsSchema>;

export interface SellerTerms {
  readonly seller: Seller;
  readonly zone: string;
  readonly currency: string;
  readonly paymentTermsDays: number;
}

/** The current school as the seller, with its terms of payment. */
@Injectable()
export class SellerReader {
  constructor(private readonly em: EntityManager) {}

  async terms(): Promise<SellerTerms> {
    const { zone, currency, paymentTermsDays, ...seller } = await globalQuery<Db>(this.em)
      .selectFrom('schools')
      .leftJoin('finance_settings', 'finance_settings.school_id', 'schools.id')
      .select(['name', 'cvr', 'address_line as addressLine', 'postcode', 'city', 'email', 'phone'])
      .select(['bank_account as bankAccount', 'giro_creditor as giroCreditor'])
      .select(['zone', 'currency', 'payment_terms_days as paymentTermsDays'])
      .where('schools.id', '=', bin(currentSchool()))
      .executeTakeFirstOrThrow();
    return { seller, zone, currency, paymentTermsDays: paymentTermsDays ?? defaultPaymentTermsDays };
  }
}
