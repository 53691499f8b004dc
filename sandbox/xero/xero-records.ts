/** What a company's books hold, under Xero's own names; dates are plain days. */
export interface XeroAccount {
  Code?: string;
  AccountID: string;
  Name: string;
  Type: string;
  Class: string;
  Status: 'ACTIVE' | 'ARCHIVED';
  SystemAccount?: string;
  EnablePaymentsToAccount: boolean;
}

export interface XeroTaxRate {
  Name: string;
  TaxType: string;
  Status: 'ACTIVE';
  EffectiveRate: number;
  DisplayTaxRate: number;
}

export interface XeroContact {
  ContactID: string;
  ContactNumber?: string;
  ContactStatus: 'ACTIVE' | 'ARCHIVED';
  Name: string;
  EmailAddress?: string;
  CompanyNumber?: string;
  Phones?: { PhoneType: string; PhoneNumber?: string }[];
  Addresses?: Record<string, string>[];
}

export interface XeroLine {
  LineItemID: string;
  Description: string;
  Quantity: number;
  UnitAmount: number;
  LineAmount: number;
  TaxAmount: number;
  AccountCode: string;
  TaxType: string;
}

export interface XeroDocument {
  kind: 'invoice' | 'credit_note';
  id: string;
  number: string;
  contact: XeroContact;
  date: string;
  dueDate: string;
  reference: string;
  currency: string;
  status: 'AUTHORISED' | 'PAID' | 'VOIDED';
  lines: XeroLine[];
  /** In hundredths, as are the two below. */
  total: number;
  tax: number;
  /** Of an invoice: paid or credited; of a credit note: used or paid out. */
  settled: number;
  allocations: { AllocationID: string; invoiceId: string; amount: number; date: string }[];
}

export interface XeroPayment {
  id: string;
  document: XeroDocument;
  account: XeroAccount;
  date: string;
  amount: number;
  reference: string;
}

export interface XeroBankTransaction {
  id: string;
  type: string;
  contact: XeroContact;
  account: XeroAccount;
  date: string;
  amount: number;
  reference: string;
}

export interface XeroManualJournal {
  id: string;
  narration: string;
  date: string;
  lines: { LineAmount: number; AccountCode: string; Description?: string }[];
}

export interface XeroAttachment {
  AttachmentID: string;
  FileName: string;
  MimeType: string;
  ContentLength: number;
}

export const units = (hundredths: number): number => hundredths / 100;
export const hundredths = (amount: unknown): number => Math.round(Number(amount ?? 0) * 100);
