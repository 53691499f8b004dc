import { Injectable } from '@nestjs/common';
import type { DomainEvent } from '../../../platform/outbox/event.js';
import { type BatchOptions, type Delivered, HandlesMany, type Outcomes } from '../../../platform/outbox/handles.js';
import type { Id } from '../../../platform/values/id.js';
import {
  ExamCancelled,
  ExamMoved,
  ExamPlanned,
  ExamReported,
  LessonBooked,
  LessonCancelled,
  LessonCompleted,
  LessonMoved,
  StudentDidNotShow,
} from '../../bookings/index.js';
import { InvoiceIssued, PaymentFailed, PaymentReceived, RefundCompleted } from '../../finance/index.js';
import {
  LeadAssigned,
  LeadMoved,
  LeadReceived,
  type LeadState,
  StudentEnrolled,
  StudentLeft,
} from '../../students/index.js';
import { inEndpointScope } from '../domain/endpoint-scope.js';
import type { WebhookType } from '../domain/webhook-types.js';
import { PartnerAudience } from '../queries/partner-audience.js';
import { WebhookDues } from '../queries/webhook-dues.js';
import { WebhookFacts } from '../queries/webhook-facts.js';
import { QueueWebhooks, type WebhookNews } from '../use-cases/queue-webhooks.js';

/** Most schools have no endpoint, so many events are looked at with one question. */
function told(what: string): BatchOptions<DomainEvent> {
  return { name: `outgoing-webhooks.${what}`, lane: () => 'main' };
}

/** What happens in a school becomes messages to the endpoints, its own and partners', that want to hear of it. */
@Injectable()
export class TellEndpoints {
  constructor(
    private readonly dues: WebhookDues,
    private readonly partners: PartnerAudience,
    private readonly facts: WebhookFacts,
    private readonly queue: QueueWebhooks,
  ) {}

  @HandlesMany(LessonBooked, told('booking-created'))
  booked(events: readonly Delivered<LessonBooked>[]): Promise<Outcomes> {
    return this.tell('booking.created', events, ({ bookingId }) => this.facts.booking(bookingId));
  }

  @HandlesMany(LessonMoved, told('booking-moved'))
  moved(events: readonly Delivered<LessonMoved>[]): Promise<Outcomes> {
    return this.tell('booking.moved', events, ({ bookingId, previousStartsAt }) =>
      and(this.facts.booking(bookingId), { previousStartsAt }),
    );
  }

  @HandlesMany(LessonCancelled, told('booking-cancelled'))
  cancelled(events: readonly Delivered<LessonCancelled>[]): Promise<Outcomes> {
    return this.tell('booking.cancelled', events, ({ bookingId }) => this.facts.booking(bookingId));
  }

  @HandlesMany(LessonCompleted, told('booking-completed'))
  completed(events: readonly Delivered<LessonCompleted>[]): Promise<Outcomes> {
    return this.tell('booking.completed', events, ({ bookingId }) => this.facts.booking(bookingId));
  }

  @HandlesMany(StudentDidNotShow, told('booking-no-show'))
  missed(events: readonly Delivered<StudentDidNotShow>[]): Promise<Outcomes> {
    return this.tell('booking.no_show', events, ({ bookingId }) => this.facts.booking(bookingId));
  }

  @HandlesMany(ExamPlanned, told('exam-planned'))
  examPlanned(events: readonly Delivered<ExamPlanned>[]): Promise<Outcomes> {
    return this.tell('exam.planned', events, ({ examId }) => this.facts.exam(examId));
  }

  @HandlesMany(ExamMoved, told('exam-moved'))
  examMoved(events: readonly Delivered<ExamMoved>[]): Promise<Outcomes> {
    return this.tell('exam.moved', events, ({ examId, previousStartsAt }) =>
      and(this.facts.exam(examId), { previousStartsAt }),
    );
  }

  @HandlesMany(ExamCancelled, told('exam-cancelled'))
  examCancelled(events: readonly Delivered<ExamCancelled>[]): Promise<Outcomes> {
    return this.tell('exam.cancelled', events, ({ examId }) => this.facts.exam(examId));
  }

  @HandlesMany(ExamReported, told('exam-reported'))
  examReported(events: readonly Delivered<ExamReported>[]): Promise<Outcomes> {
    return this.tell('exam.reported', events, ({ examId, result }) => and(this.facts.exam(examId), { result }));
  }

  @HandlesMany(StudentEnrolled, told('student-enrolled'))
  enrolled(events: readonly Delivered<StudentEnrolled>[]): Promise<Outcomes> {
    return this.tell('student.enrolled', events, ({ studentId }) => this.facts.student(studentId));
  }

  @HandlesMany(StudentLeft, told('student-left'))
  left(events: readonly Delivered<StudentLeft>[]): Promise<Outcomes> {
    return this.tell('student.left', events, ({ studentId }) => this.facts.student(studentId));
  }

  @HandlesMany(InvoiceIssued, told('invoice-issued'))
  issued(events: readonly Delivered<InvoiceIssued>[]): Promise<Outcomes> {
    return this.tell('invoice.issued', events, ({ invoiceId }) => this.facts.invoice(invoiceId));
  }

  @HandlesMany(PaymentReceived, told('payment-received'))
  paid(events: readonly Delivered<PaymentReceived>[]): Promise<Outcomes> {
    return this.tell('payment.received', events, ({ paymentId }) => this.facts.payment(paymentId));
  }

  @HandlesMany(PaymentFailed, told('payment-failed'))
  notPaid(events: readonly Delivered<PaymentFailed>[]): Promise<Outcomes> {
    return this.tell('payment.failed', events, ({ paymentId }) => this.facts.payment(paymentId));
  }

  @HandlesMany(RefundCompleted, told('refund-completed'))
  refunded(events: readonly Delivered<RefundCompleted>[]): Promise<Outcomes> {
    return this.tell('refund.completed', events, ({ refundId }) => this.facts.refund(refundId));
  }

  @HandlesMany(LeadReceived, told('lead-received'))
  leadReceived(events: readonly Delivered<LeadReceived>[]): Promise<Outcomes> {
    return this.tell('lead.received', events, ({ leadId }) => this.facts.lead(leadId, 'lead.received'));
  }

  @HandlesMany(LeadAssigned, told('lead-assigned'))
  leadAssigned(events: readonly Delivered<LeadAssigned>[]): Promise<Outcomes> {
    return this.tell('lead.assigned', events, ({ leadId }) => this.facts.lead(leadId, 'lead.assigned'));
  }

  /** As many types as there are states to move to. */
  @HandlesMany(LeadMoved, told('lead-moved'))
  async leadMoved(events: readonly Delivered<LeadMoved>[]): Promise<Outcomes> {
    const outcomes = new Map<Id, Error>();
    for (const [state, its] of Map.groupBy(events, ({ payload }) => payload.state)) {
      const type = state && leadTypes[state];
      if (!type) continue;
      const failed = await this.tell(type, its, ({ leadId }) => this.facts.lead(leadId, type));
      for (const [id, error] of failed) outcomes.set(id, error);
    }
    return outcomes;
  }

  private async tell<Event extends DomainEvent>(
    type: WebhookType,
    events: readonly Delivered<Event>[],
    factsOf: (payload: Event['payload']) => Promise<object | null>,
  ): Promise<Outcomes> {
    const schools = [...new Set(events.flatMap(({ schoolId }) => schoolId ?? []))];
    const endpoints = Map.groupBy(await this.dues.subscribed(schools, type), ({ schoolId }) => schoolId);
    const partners = await this.partners.of(type, schools);
    const outcomes = new Map<Id, Error>();
    for (const event of events) {
      const about = event.schoolId;
      const listening = about ? (endpoints.get(about) ?? []).map(({ id }) => id) : [];
      if (!about || (listening.length === 0 && !partners)) continue;
      try {
        await event.within(async () => {
          const data = await factsOf(event.payload);
          if (!data) return;
          const news = { eventId: event.id, about, type, occurredAt: event.occurredAt, data };
          if (listening.length > 0) await this.queue.execute(listening, news);
          await this.tellPartners(partners?.(about, data) ?? [], news);
        });
      } catch (error) {
        outcomes.set(event.id, error as Error);
      }
    }
    return outcomes;
  }

  /** Who looks after somebody, and who he became, is the school's to know. */
  private async tellPartners(endpointIds: readonly Id[], { data, ...news }: WebhookNews): Promise<void> {
    if (endpointIds.length === 0) return;
    const seen = { ...data, ...keptFromPartners[news.type] };
    await inEndpointScope(null, () => this.queue.execute(endpointIds, { ...news, data: seen }));
  }
}

const keptFromPartners: Partial<Record<WebhookType, object>> = {
  'lead.assigned': { assignedTo: null },
  'lead.converted': { studentId: null },
};

const leadTypes: Partial<Record<LeadState, WebhookType>> = {
  contacted: 'lead.contacted',
  converted: 'lead.converted',
  rejected: 'lead.closed',
};

async function and(facts: Promise<object | null>, more: object): Promise<object | null> {
  const found = await facts;
  return found && { ...found, ...more };
}
