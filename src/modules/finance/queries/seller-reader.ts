import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { SchoolSchema } from '../../schools/index.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import type { Seller } from '../domain/invoice.js';
import { defaultPaymentTermsDays, FinanceSettings } from '../domain/settings.js';

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
    const schoolId = currentSchool();
    const school = await this.em.findOneOrFail(SchoolSchema, { id: schoolId });
    const settings = await this.em.findOne(FinanceSettings, { schoolId });
    const { name, cvr, addressLine, postcode, city, email, phone, zone, currency } = school;
    const address = { addressLine, postcode, city, email, phone };
    const { bankAccount = null, giroCreditor = null } = settings ?? {};
    return {
      seller: { name, cvr, ...address, bankAccount, giroCreditor },
      zone,
      currency,
      paymentTermsDays: settings?.paymentTermsDays ?? defaultPaymentTermsDays,
    };
  }
}
