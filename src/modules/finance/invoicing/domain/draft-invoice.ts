import { defineEntity } from '@mikro-orm/core';
import { amount, currency, id, instant, int, schoolScoped, text } from '../../../../platform/database/columns.js';

export const DraftInvoiceSchema = defineEntity({
  name: 'DraftInvoice',
  tableName: 'invoice_drafts',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    studentId: id(),
    currency: currency(),
    /** Null: as the school has it on the day of issue. */
    paymentTermsDays: int().nullable(),
    /** Null: as the student's billing details have it. */
    reference: text(100).nullable(),
    createdBy: id(),
    createdAt: instant(),
  },
  uniques: [{ name: 'invoice_drafts_school_id', properties: ['schoolId', 'id'] }],
  indexes: [{ name: 'invoice_drafts_student', properties: ['schoolId', 'studentId', 'id'] }],
});

/** An invoice that is being written: it has no number, is in no ledger, and is gone once it is issued. */
export class DraftInvoice extends DraftInvoiceSchema.class {}
DraftInvoiceSchema.setClass(DraftInvoice);

export const DraftLineSchema = defineEntity({
  name: 'DraftLine',
  tableName: 'invoice_draft_lines',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    draftId: id(),
    position: int(),
    /** What stands there is the charge's; a free line says it itself. */
    chargeId: id().nullable(),
    description: text(200).nullable(),
    quantity: int().nullable(),
    unitGrossMinor: amount().nullable(),
    vatRateBp: int().nullable(),
  },
  uniques: [
    { name: 'invoice_draft_lines_school_id', properties: ['schoolId', 'id'] },
    { name: 'invoice_draft_lines_position', properties: ['schoolId', 'draftId', 'position'] },
  ],
  indexes: [{ name: 'invoice_draft_lines_charge', properties: ['schoolId', 'chargeId'] }],
});

/** One line of a draft: an open charge, or what somebody wrote. */
export class DraftLine extends DraftLineSchema.class {}
DraftLineSchema.setClass(DraftLine);
