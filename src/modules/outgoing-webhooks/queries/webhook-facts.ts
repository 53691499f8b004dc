import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, schoolQuery, type Tables } from '../../../platform/database/query.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import type { BookingSchema, ExamSchema } from '../../bookings/index.js';
import type { InvoiceSchema, PaymentSchema, RefundSchema } from '../../finance/index.js';
import type { LeadSchema, StudentSchema } from '../../students/index.js';
import type { WebhookType } from '../domain/webhook-types.js';

type Db = Tables<
  | typeof BookingSchema
  | typeof ExamSchema
  | typeof InvoiceSchema
  | typeof LeadSchema
  | typeof PaymentSchema
  | typeof RefundSchema
  | typeof StudentSchema
>;

/** What webhooks say: ids and facts that name nobody, as they are when the message is written. Null when it is gone. */
@Injectable()
export class WebhookFacts {
  constructor(private readonly em: EntityManager) {}

  async booking(bookingId: Id) {
    const row = await this.db
      .selectFrom('bookings')
      .select(['student_id as studentId', 'teacher_id as teacherId', 'vehicle_id as vehicleId'])
      .select(['lesson_type_id as lessonTypeId', 'starts_at as startsAt', 'ends_at as endsAt', 'state'])
      .where('id', '=', bin(bookingId))
      .executeTakeFirst();
    return row ? { bookingId, ...row } : null;
  }

  async exam(examId: Id) {
    const row = await this.db
      .selectFrom('exams')
      .select(['student_id as studentId', 'kind', 'licence_class as licenceClass', 'starts_at as startsAt', 'state'])
      .where('id', '=', bin(examId))
      .executeTakeFirst();
    return row ? { examId, ...row } : null;
  }

  async student(studentId: Id) {
    const row = await this.db
      .selectFrom('students')
      .select('status')
      .where('id', '=', bin(studentId))
      .executeTakeFirst();
    return row ? { studentId, ...row } : null;
  }

  async lead(leadId: Id, type: WebhookType) {
    const row = await this.db
      .selectFrom('leads')
      .select(['source', 'external_id as externalId', 'kind', 'state', 'revision'])
      .select(['student_id as studentId', 'reject_reason as reason', 'assigned_to as assignedTo'])
      .where('id', '=', bin(leadId))
      .executeTakeFirst();
    if (!row) return null;
    const { studentId, reason, assignedTo, ...facts } = row;
    const more: Partial<Record<WebhookType, object>> = {
      'lead.assigned': { assignedTo },
      'lead.converted': { studentId },
      'lead.closed': { reason },
    };
    return { leadId, ...facts, ...more[type] };
  }

  async invoice(invoiceId: Id) {
    const row = await this.db
      .selectFrom('invoices')
      .select(['student_id as studentId', 'kind', 'number', 'gross_minor', 'currency', 'due_on as dueOn'])
      .where('id', '=', bin(invoiceId))
      .executeTakeFirst();
    if (!row || row.number === null) return null;
    const { gross_minor, currency, ...facts } = row;
    return { invoiceId, ...facts, gross: Money.of(gross_minor, currency) };
  }

  async payment(paymentId: Id) {
    const row = await this.db
      .selectFrom('payments')
      .select([
        'student_id as studentId',
        'invoice_id as invoiceId',
        'state',
        'amount_minor',
        'received_minor',
        'currency',
      ])
      .where('id', '=', bin(paymentId))
      .executeTakeFirst();
    if (!row) return null;
    const { amount_minor, received_minor, currency, ...facts } = row;
    return { paymentId, ...facts, amount: Money.of(received_minor || amount_minor, currency) };
  }

  async refund(refundId: Id) {
    const row = await this.db
      .selectFrom('refunds')
      .select(['student_id as studentId', 'payment_id as paymentId', 'state', 'amount_minor', 'currency'])
      .where('id', '=', bin(refundId))
      .executeTakeFirst();
    if (!row) return null;
    const { amount_minor, currency, ...facts } = row;
    return { refundId, ...facts, amount: Money.of(amount_minor, currency) };
  }

  private get db() {
    return schoolQuery<Db>(this.em);
  }
}
