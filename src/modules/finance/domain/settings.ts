import { defineEntity } from '@mikro-orm/core';
import { bool, id, int, schoolScoped, text } from '../../../platform/database/columns.js';

/** Days from issue to due date where a school has not said otherwise. */
export const defaultPaymentTermsDays = 8;

export const FinanceSettingsSchema = defineEntity({
  name: 'FinanceSettings',
  tableName: 'finance_settings',
  ...schoolScoped,
  properties: {
    schoolId: id().primary(),
    paymentTermsDays: int(),
    /** Registration and account number, printed on invoices. */
    bankAccount: text(40).nullable(),
    /** Whether a student's credit pays his next invoice by itself. */
    useCredit: bool().default(false),
    /** The school's FI creditor number at its bank; null: no giro line on invoices. */
    giroCreditor: text(8).columnType('char(8)').nullable(),
  },
});

/** How one school invoices. */
export class FinanceSettings extends FinanceSettingsSchema.class {
  change(details: {
    readonly paymentTermsDays: number;
    readonly bankAccount: string | null;
    readonly useCredit: boolean;
    readonly giroCreditor: string | null;
  }): void {
    Object.assign(this, details);
  }
}
FinanceSettingsSchema.setClass(FinanceSettings);

export const InvoiceCounterSchema = defineEntity({
  name: 'InvoiceCounter',
  tableName: 'invoice_counters',
  ...schoolScoped,
  properties: { schoolId: id().primary(), lastNumber: int() },
});

/** The last number given; its row is taken as the last thing in a transaction. */
export class InvoiceCounter extends InvoiceCounterSchema.class {}
InvoiceCounterSchema.setClass(InvoiceCounter);
