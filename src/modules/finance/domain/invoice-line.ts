import { defineEntity } from '@mikro-orm/core';
import { amount, id, int, schoolScoped, text } from '../../../platform/database/columns.js';

export const InvoiceLineSchema = defineEntity({
  name: 'InvoiceLine',
  tableName: 'invoice_lines',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    invoiceId: id(),
    position: int(),
    chargeId: id().nullable(),
    creditsLineId: id().nullable(),
    description: text(200),
    quantity: int(),
    unitGrossMinor: amount(),
    vatRateBp: int(),
    productId: id().nullable(),
    netMinor: amount(),
    vatMinor: amount(),
    grossMinor: amount(),
  },
  uniques: [
    { name: 'invoice_lines_school_id', properties: ['schoolId', 'id'] },
    { name: 'invoice_lines_position', properties: ['schoolId', 'invoiceId', 'position'] },
  ],
  indexes: [
    { name: 'invoice_lines_product', properties: ['schoolId', 'productId'] },
    { name: 'invoice_lines_charge', properties: ['schoolId', 'chargeId'] },
    { name: 'invoice_lines_credits', properties: ['schoolId', 'creditsLineId'] },
  ],
});

/** One line of an invoice, append-only; of a credit note: the line it takes back, with a negative quantity. */
export class InvoiceLine extends InvoiceLineSchema.class {}
InvoiceLineSchema.setClass(InvoiceLine);
