import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { UserContacts } from '../../identity/index.js';
import { StudentDirectory } from '../../students/index.js';
import type { Id } from '../../../platform/values/id.js';
import type { Buyer } from '../domain/invoice.js';
import { BillingDetails, billingDetailsView } from '../invoicing/domain/billing-details.js';

/** Who buys what a student gets: he himself or whoever pays for him, with the language he is written to in. */
@Injectable()
export class BuyerReader {
  constructor(
    private readonly em: EntityManager,
    private readonly students: StudentDirectory,
    private readonly contacts: UserContacts,
  ) {}

  /** @throws StudentNotFound */
  async of(studentId: Id): Promise<{ buyer: Buyer; locale: 'da' | 'en' }> {
    const { name, addressLine, postcode, city, userId } = await this.students.get(studentId);
    const contact = (await this.contacts.of([userId])).get(userId);
    const { payerName, ...billing } = billingDetailsView(await this.em.findOne(BillingDetails, { studentId }));
    const { cvr, ean, reference } = billing;
    const payer = payerName === null ? { name, addressLine, postcode, city } : { name: payerName, ...billing };
    const student = payerName === null ? null : name;
    return { buyer: { ...payer, cvr, ean, reference, student }, locale: contact?.locale ?? 'da' };
  }
}
