import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, schoolQuery, type Tables } from '../../../platform/database/query.js';
import type { Id } from '../../../platform/values/id.js';
import type { UserSchema } from '../../identity/index.js';
import { StudentNotFound, type StudentSchema } from '../../students/index.js';
import type { Buyer } from '../domain/invoice.js';
import type { BillingDetailsSchema } from '../invoicing/domain/billing-details.js';

type Db = Tables<typeof StudentSchema | typeof UserSchema | typeof BillingDetailsSchema>;

/** Who buys what a student gets: he himself or whoever pays for him, with the language he is written to in. */
@Injectable()
export class BuyerReader {
  constructor(private readonly em: EntityManager) {}

  /** @throws StudentNotFound */
  async of(studentId: Id): Promise<{ buyer: Buyer; locale: 'da' | 'en' }> {
    const found = await schoolQuery<Db>(this.em)
      .selectFrom('students')
      .leftJoin('users', 'users.id', 'students.user_id')
      .leftJoin('billing_details as billing', (join) =>
        join.onRef('billing.school_id', '=', 'students.school_id').onRef('billing.student_id', '=', 'students.id'),
      )
      .select(['students.name', 'students.address_line as addressLine', 'students.postcode', 'students.city'])
      .select([
        'payer_name',
        'billing.address_line',
        'billing.postcode as payer_postcode',
        'billing.city as payer_city',
      ])
      .select(['cvr', 'ean', 'reference', 'locale'])
      .where('students.id', '=', bin(studentId))
      .executeTakeFirst();
    if (!found) throw new StudentNotFound();
    const { name, addressLine, postcode, city, cvr, ean, reference, ...payer } = found;
    const locale = payer.locale ?? 'da';
    const student = { name, addressLine, postcode, city, cvr, ean, reference, student: null };
    if (payer.payer_name === null) return { buyer: student, locale };
    const { payer_name, address_line, payer_postcode, payer_city } = payer;
    const address = { addressLine: address_line, postcode: payer_postcode, city: payer_city };
    return { buyer: { ...student, name: payer_name, ...address, student: name }, locale };
  }
}
