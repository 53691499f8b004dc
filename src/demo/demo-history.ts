import { EntityManager } from '@mikro-orm/mysql';
import type { INestApplicationContext } from '@nestjs/common';
import { BookLesson, CancelBooking, ReportLesson } from '../modules/bookings/index.js';
import {
  IntendPayment,
  IssueInvoice,
  RecordPaymentOutcome,
  type ChargeSchema,
  type InvoiceSchema,
} from '../modules/finance/index.js';
import { schoolQuery, type Tables } from '../platform/database/query.js';
import { inSchool } from '../platform/tenancy/tenancy.js';
import type { Id } from '../platform/values/id.js';
import type { MovableClock } from './demo-clock.js';
import type { DemoLesson } from './demo-lessons.js';
import type { DemoPeople } from './demo-founding.js';
import type { DemoEvent } from './demo-timeline.js';

/** Lets the demo school's people do what the timeline says, each thing at its time, by the use cases that the API calls. */
export class DemoHistory {
  private readonly bookings = new Map<DemoLesson, Id>();

  constructor(
    private readonly app: INestApplicationContext,
    private readonly clock: MovableClock,
    private readonly people: DemoPeople,
  ) {}

  async live(events: readonly DemoEvent[]): Promise<void> {
    await inSchool(this.people.schoolId, async () => {
      for (const event of events) {
        this.clock.set(event.at);
        await this.happen(event);
      }
    });
  }

  private happen(event: DemoEvent): Promise<unknown> {
    if (!('lesson' in event)) return event.kind === 'invoice' ? this.invoice() : this.pay();
    const { kind, lesson } = event;
    if (kind === 'book') return this.book(lesson);
    const booking = this.bookings.get(lesson)!;
    if (kind === 'cancel') {
      return this.get(CancelBooking).execute(this.studentOf(lesson), booking, { reason: 'Forhindret' });
    }
    const outcome = kind === 'complete' ? 'completed' : 'no_show';
    return this.get(ReportLesson).execute(this.teacherOf(lesson), booking, outcome);
  }

  private async book(lesson: DemoLesson): Promise<void> {
    const { id } = await this.get(BookLesson).execute(this.studentOf(lesson), {
      lessonTypeId: this.people.lessonTypeIds[lesson.lessonType]!,
      teacherId: this.people.teachers[lesson.teacher]!.id,
      startsAt: lesson.startsAt,
    });
    this.bookings.set(lesson, id);
  }

  /** Every student gets one invoice for what is open. */
  private async invoice(): Promise<void> {
    const owing = await this.query
      .selectFrom('charges')
      .select('student_id as studentId')
      .distinct()
      .where('state', '=', 'open')
      .execute();
    const owes = new Set(owing.map(({ studentId }): Id => studentId));
    for (const { id } of this.people.students.filter((student) => owes.has(student.id))) {
      await this.get(IssueInvoice).execute({ studentId: id });
    }
  }

  /** Three of four pay in time; the fourth is why there are arrears. */
  private async pay(): Promise<void> {
    const open = await this.query
      .selectFrom('invoices')
      .select(['id', 'number'])
      .where('kind', '=', 'invoice')
      .where('state', '=', 'issued')
      .orderBy('number')
      .execute();
    for (const { id } of open.filter(({ number }) => number! % 4 !== 3)) {
      const { payment } = await this.get(IntendPayment).execute(this.people.owner, id, 'checkout');
      await this.get(RecordPaymentOutcome).execute(payment.id, {
        state: 'paid',
        ref: `demo_${payment.id}`,
        chargeRef: `demo_charge_${payment.id}`,
        received: payment.amount,
      });
    }
  }

  private studentOf({ student }: DemoLesson) {
    return this.people.students[student]!.actor;
  }

  private teacherOf({ teacher }: DemoLesson) {
    return this.people.teachers[teacher]!.actor;
  }

  private get query() {
    return schoolQuery<Tables<typeof ChargeSchema | typeof InvoiceSchema>>(this.get(EntityManager));
  }

  private get<T>(type: new (...args: never[]) => T): T {
    return this.app.get<T>(type, { strict: false });
  }
}
