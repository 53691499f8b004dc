import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import {
  type DataSubject,
  ErasesPersonalData,
  ExportsPersonalData,
  type Kept,
} from '../../../../platform/privacy/personal-data.decorators.js';
import { BillingDetails, billingDetailsView } from '../domain/billing-details.js';
import { DraftInvoice, DraftLine } from '../domain/draft-invoice.js';

/** Who pays for a student, and invoices that were never issued. What was issued is a voucher. */
@Injectable()
export class BillingPrivacy {
  constructor(private readonly em: EntityManager) {}

  @ExportsPersonalData('billing')
  async export({ id: studentId }: DataSubject): Promise<unknown> {
    const em = this.em.fork({ keepTransactionContext: true });
    const details = await em.findOne(BillingDetails, { studentId });
    const drafts = await em.find(DraftInvoice, { studentId }, { orderBy: { id: 'asc' } });
    const lines = await em.find(DraftLine, { draftId: { $in: drafts.map(({ id }) => id) } });
    const texts = lines.flatMap(({ description }) => description ?? []);
    const written = drafts.map(({ reference, createdAt }) => ({ reference, createdAt }));
    return { details: details && billingDetailsView(details), drafts: written, draftLines: texts };
  }

  /** Nothing of it has to be kept. */
  @ErasesPersonalData('billing')
  async erase({ id: studentId }: DataSubject): Promise<Kept | null> {
    const drafts = await this.em.find(DraftInvoice, { studentId });
    const draftIds = drafts.map(({ id }) => id);
    await this.em.nativeDelete(DraftLine, { draftId: { $in: draftIds } });
    await this.em.nativeDelete(DraftInvoice, { id: { $in: draftIds } });
    await this.em.nativeDelete(BillingDetails, { studentId });
    return null;
  }
}
