import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { BuyerReader } from '../../finance/index.js';
import { StudentDirectory } from '../../students/index.js';
import type { Id } from '../../../platform/values/id.js';
import type { AccountingRecord } from '../domain/record.js';
import type { BooksCustomer } from '../ports/accounting-client.js';

/** Students as customers: he himself, or whoever pays for him. */
@Injectable()
export class BooksCustomers {
  constructor(
    private readonly buyers: BuyerReader,
    private readonly students: StudentDirectory,
  ) {}

  /** @throws StudentNotFound */
  async of({ studentId, reference, booksId }: Pick<AccountingRecord, 'studentId' | 'reference' | 'booksId'>): Promise<{
    customer: BooksCustomer;
    hash: string;
  }> {
    const id = studentId as Id;
    const [{ buyer }, { email, phone }] = await Promise.all([this.buyers.of(id), this.students.get(id)]);
    const { name, addressLine, postcode, city, cvr } = buyer;
    const address = addressLine ? { lines: [addressLine], postalCode: postcode ?? '', city: city ?? '' } : null;
    const shown = { number: reference, name, email, phone, address, companyNumber: cvr ?? null };
    const hash = createHash('sha256').update(JSON.stringify(shown)).digest('hex');
    return { customer: { id, ...shown, booksId: booksId ?? null }, hash };
  }
}
