import { defineEntity } from '@mikro-orm/core';
import { id, schoolScoped, text } from '../../../../platform/database/columns.js';

export const BillingDetailsSchema = defineEntity({
  name: 'BillingDetails',
  tableName: 'billing_details',
  ...schoolScoped,
  properties: {
    schoolId: id().primary(),
    studentId: id().primary(),
    /** Null: the student pays himself. */
    payerName: text(200).nullable(),
    addressLine: text(200).nullable(),
    postcode: text(20).nullable(),
    city: text(100).nullable(),
    cvr: text(8).nullable(),
    ean: text(13).nullable(),
    reference: text(100).nullable(),
  },
});

/** To whom a student's invoices are written from now on; those issued keep what they say. */
export class BillingDetails extends BillingDetailsSchema.class {}
BillingDetailsSchema.setClass(BillingDetails);

/** What the office says of who pays. */
export interface BillingDetailsView {
  readonly payerName: string | null;
  readonly addressLine: string | null;
  readonly postcode: string | null;
  readonly city: string | null;
  readonly cvr: string | null;
  readonly ean: string | null;
  readonly reference: string | null;
}

export const noBillingDetails: BillingDetailsView = {
  payerName: null,
  addressLine: null,
  postcode: null,
  city: null,
  cvr: null,
  ean: null,
  reference: null,
};

export function billingDetailsView(details: BillingDetails | null): BillingDetailsView {
  if (!details) return noBillingDetails;
  const { payerName, addressLine, postcode, city, cvr, ean, reference } = details;
  return {
    payerName: payerName ?? null,
    addressLine: addressLine ?? null,
    postcode: postcode ?? null,
    city: city ?? null,
    cvr: cvr ?? null,
    ean: ean ?? null,
    reference: reference ?? null,
  };
}
