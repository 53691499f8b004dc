import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, bins, globalQuery, schoolQuery, type Tables } from '../../../platform/database/query.js';
import { erasedText } from '../../../platform/privacy/personal-data.decorators.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';
import type { LocalDate } from '../../../platform/values/zone.js';
import type { ChargeSchema } from '../domain/charge.js';
import type { InvoiceLineSchema } from '../domain/invoice-line.js';
import type { Buyer, InvoiceSchema } from '../domain/invoice.js';
import type { PaymentSchema } from '../domain/payment.js';
import type { RefundSchema } from '../domain/refund.js';
import type { WriteOffSchema } from '../domain/write-off.js';

type Db = Tables<
  | typeof ChargeSchema
  | typeof InvoiceSchema
  | typeof InvoiceLineSchema
  | typeof PaymentSchema
  | typeof RefundSchema
  | typeof WriteOffSchema
>;

const nobody: Buyer = { name: erasedText, addressLine: null, postcode: null, city: null };

/** All rows about one student's money, and what of them may be forgotten when. */
@Injectable()
export class StudentMoney {
  constructor(private readonly em: EntityManager) {}

  async of(studentId: Id) {
    const [charges, invoices, payments, refunds, writeOffs] = [
      await this.charges(studentId),
      await this.invoices(studentId),
      await this.payments(studentId),
      await this.refunds(studentId),
      await this.writeOffs(studentId),
    ];
    return { charges, invoices, payments, refunds, writeOffs };
  }

  /** True while something is to become money, or money is on its way. */
  async isOpen(studentId: Id): Promise<boolean> {
    const { charges, payments, refunds } = await this.of(studentId);
    return (
      charges.some(({ state }) => state === 'open') ||
      payments.some(({ state }) => ['created', 'pending', 'unknown', 'authorized'].includes(state)) ||
      refunds.some(({ state }) => ['requested', 'pending', 'unknown'].includes(state))
    );
  }

  /** What is on no voucher: where to pay, why money was given back, what was never invoiced. */
  async eraseNotes(studentId: Id): Promise<void> {
    const [school, student] = [bin(currentSchool()), bin(studentId)];
    const payments = this.write.updateTable('payments').set({ checkout_url: null, reference: null, note: null });
    await payments.where('school_id', '=', school).where('student_id', '=', student).execute();
    const reversed = this.write.updateTable('payments').set({ reversal_reason: erasedText });
    await reversed
      .where('school_id', '=', school)
      .where('student_id', '=', student)
      .where('reversal_reason', 'is not', null)
      .execute();
    const refunds = this.write.updateTable('refunds').set({ reason: erasedText });
    await refunds.where('school_id', '=', school).where('student_id', '=', student).execute();
    const given = this.write.updateTable('write_offs').set({ reason: erasedText, reverse_reason: null });
    await given.where('school_id', '=', school).where('student_id', '=', student).execute();
    const voided = this.write.updateTable('charges').set({ description: erasedText }).where('state', '=', 'voided');
    await voided.where('school_id', '=', school).where('student_id', '=', student).execute();
  }

  /** Takes the person off the vouchers of before that day. @returns the day of the oldest that stays */
  async eraseVouchers(studentId: Id, before: LocalDate): Promise<LocalDate | null> {
    const invoices = await this.invoices(studentId);
    const past = invoices.filter(({ issuedOn }) => issuedOn < before).map(({ id }) => id);
    if (past.length > 0) await this.eraseTexts(past);
    const [oldest = null] = invoices
      .map(({ issuedOn }) => issuedOn)
      .filter((day) => day >= before)
      .sort();
    return oldest;
  }

  /** The database allows it for vouchers of that age alone. */
  private async eraseTexts(invoiceIds: readonly Id[]): Promise<void> {
    const school = bin(currentSchool());
    const charges = this.write.updateTable('charges').set({ description: erasedText });
    await charges.where('school_id', '=', school).where('invoice_id', 'in', bins(invoiceIds)).execute();
    const lines = this.write.updateTable('invoice_lines').set({ description: erasedText });
    await lines.where('school_id', '=', school).where('invoice_id', 'in', bins(invoiceIds)).execute();
    await this.write
      .updateTable('invoices')
      .set({
        buyer: sql`${JSON.stringify(nobody)}` as never,
        reason: sql<string | null>`case when reason is null then null else ${erasedText} end`,
      })
      .where('school_id', '=', school)
      .where('id', 'in', bins(invoiceIds))
      .execute();
  }

  private charges(studentId: Id) {
    return this.read
      .selectFrom('charges')
      .select(['description', 'gross_minor as grossMinor', 'currency', 'state', 'occurred_at as occurredAt'])
      .where('student_id', '=', bin(studentId))
      .orderBy('id')
      .execute();
  }

  private async invoices(studentId: Id) {
    const rows = await this.read
      .selectFrom('invoices')
      .select(['id', 'kind', 'number', 'gross_minor as grossMinor', 'paid_minor as paidMinor', 'currency', 'state'])
      .select(['issued_on as issuedOn', 'due_on as dueOn', 'reason', sql<string>`cast(buyer as char)`.as('buyer')])
      .where('student_id', '=', bin(studentId))
      .orderBy('id')
      .execute();
    return rows.map((row) => ({ ...row, buyer: JSON.parse(row.buyer) as Buyer }));
  }

  private async payments(studentId: Id) {
    const rows = await this.read
      .selectFrom('payments')
      .select(['id', 'provider', 'state', 'amount_minor as amountMinor', 'received_minor as receivedMinor'])
      .select(['refunded_minor as refundedMinor', 'currency', 'created_at as createdAt'])
      .select(['provider_ref as providerRef', 'charge_ref as chargeRef', 'method', 'received_on as receivedOn'])
      .select(['reference', 'note', 'reversal_reason as reversalReason'])
      .where('student_id', '=', bin(studentId))
      .orderBy('id')
      .execute();
    return rows.map(({ providerRef, chargeRef, ...payment }) => ({
      ...payment,
      references: [providerRef, chargeRef].filter((each) => each !== null),
    }));
  }

  private refunds(studentId: Id) {
    return this.read
      .selectFrom('refunds')
      .select(['amount_minor as amountMinor', 'currency', 'state', 'reason', 'created_at as createdAt'])
      .where('student_id', '=', bin(studentId))
      .orderBy('id')
      .execute();
  }

  private writeOffs(studentId: Id) {
    return this.read
      .selectFrom('write_offs')
      .select(['amount_minor as amountMinor', 'currency', 'reason', 'reverse_reason as reverseReason'])
      .select('written_off_at as writtenOffAt')
      .where('student_id', '=', bin(studentId))
      .orderBy('id')
      .execute();
  }

  private get read() {
    return schoolQuery<Db>(this.em);
  }

  private get write() {
    return globalQuery<Db>(this.em);
  }
}
