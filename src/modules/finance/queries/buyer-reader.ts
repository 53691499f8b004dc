import { Injectable } from '@nestjs/common';
import { UserContacts } from '../../identity/index.js';
import { StudentDirectory } from '../../students/index.js';
import type { Id } from '../../../platform/values/id.js';
import type { Buyer } from '../domain/invoice.js';

/** A student as the buyer, with the language he is written to in. */
@Injectable()
export class BuyerReader {
  constructor(
    private readonly students: StudentDirectory,
    private readonly contacts: UserContacts,
  ) {}

  /** @throws StudentNotFound */
  async of(studentId: Id): Promise<{ buyer: Buyer; locale: 'da' | 'en' }> {
    const { name, addressLine, postcode, city, userId } = await this.students.get(studentId);
    const contact = (await this.contacts.of([userId])).get(userId);
    return { buyer: { name, addressLine, postcode, city }, locale: contact?.locale ?? 'da' };
  }
}
