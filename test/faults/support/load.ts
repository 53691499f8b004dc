import { setTimeout as sleep } from 'node:timers/promises';
import type { Id } from '../../../src/platform/values/id.js';
import { addDays, atLocal, localDate, weekdayOf } from '../../../src/platform/values/zone.js';
import type { TestApp } from '../../support/app.js';
import { Client } from './client.js';
import type { Shop } from './shop.js';
import { Transcript } from './transcript.js';

export interface LoadOptions {
  readonly test: TestApp;
  readonly shop: Shop;
  readonly urls: () => readonly string[];
  /** Clients who book, move and cancel, and clients who are invoiced, pay and get money back. */
  readonly bookers: number;
  readonly payers: number;
  /** Between two things that a client wants. */
  readonly pauseMs?: number;
  /** For how long somebody asks again who is not answered. */
  readonly patienceMs?: number;
}

interface Booked {
  readonly id: Id;
  readonly startsAt: string;
}

const weeksAhead = 8;
const quarter = 15 * 60_000;

/** Clients who want something all the time, until they are told to stop. Messages follow from what they do. */
export class Load {
  readonly transcript = new Transcript();
  private readonly client: Client;
  private readonly ends: Promise<void>[];
  private readonly lastPaid = new Map<number, Id>();
  private isOver = false;
  private gate: PromiseWithResolvers<void> | null = null;

  constructor(private readonly options: LoadOptions) {
    this.client = new Client(options.urls, options.shop.school.id, this.transcript, options.patienceMs);
    this.ends = [
      ...Array.from({ length: options.bookers }, (_, index) => this.repeat(() => this.lesson(index))),
      ...Array.from({ length: options.payers }, (_, index) => this.repeat(() => this.payment(index))),
    ];
    for (const end of this.ends) end.catch((error: unknown) => this.transcript.errors.push(String(error)));
  }

  /** How many lessons were booked so far. */
  get booked(): number {
    return this.transcript.bookings.size;
  }

  /** Nobody begins anything new until `goOn()`. */
  pause(): void {
    this.gate ??= Promise.withResolvers<void>();
  }

  goOn(): void {
    this.gate?.resolve();
    this.gate = null;
  }

  /** Lets everybody have the answer that he waits for. */
  async stop(): Promise<Transcript> {
    this.isOver = true;
    this.goOn();
    await Promise.allSettled(this.ends);
    return this.transcript;
  }

  private async repeat(want: () => Promise<void>): Promise<void> {
    while (!this.isOver) {
      await this.gate?.promise;
      await want();
      await sleep(Math.random() * 2 * (this.options.pauseMs ?? 50));
    }
  }

  /** A lesson of one's own, at a time that others want too; a third of them are moved or cancelled afterwards. */
  private async lesson(index: number): Promise<void> {
    const { shop } = this.options;
    const student = shop.students[index]!;
    const booked = await this.client.post<Booked>('/bookings', shop.office, {
      lessonTypeId: shop.school.lessonTypeId,
      studentId: student.id,
      teacherId: oneOf(shop.teachers).id,
      startsAt: someTime(),
    });
    if (booked.status !== 201) return;
    const { id, startsAt } = booked.body;
    this.transcript.note(id, { did: 'booked', startsAt });
    const mood = Math.random();
    if (mood < 0.15) await this.change(id, 'reschedule', { startsAt: someTime() }, 'moved');
    if (mood > 0.85) await this.change(id, 'cancel', {}, 'cancelled');
  }

  private async change(id: Id, how: string, body: object, did: 'moved' | 'cancelled'): Promise<void> {
    const answer = await this.client.post<Booked>(`/bookings/${id}/${how}`, this.options.shop.office, body);
    if (answer.status === 200) this.transcript.note(id, { did, startsAt: answer.body.startsAt });
  }

  /** From the charge to the money given back. */
  private async payment(index: number): Promise<void> {
    const { test, shop, bookers } = this.options;
    // Nobody who has lessons, too: an invoice takes all that somebody owes.
    const studentId = shop.students[bookers + index]!.id;
    const gross = { amount: 65_000, currency: 'DKK' };
    const charge = { studentId, description: 'Kørelektion', gross, vatRateBp: 2500 };
    const charged = await this.made('/charges', charge);
    if (charged) this.transcript.charges.add(charged.id);
    const invoice = await this.made('/invoices', { studentId });
    if (!invoice) return;
    this.transcript.invoices.add(invoice.id);
    const opened = await this.made(`/invoices/${invoice.id}/checkout`);
    if (!opened?.url) return;
    const { stripe } = test.sandbox;
    await stripe.pay(stripe.account.checkout(opened.url.split('/').at(-1)!), '4242424242424242');
    this.transcript.paid.add(opened.paymentId);
    await this.giveBackTheLastOf(index, opened.paymentId);
  }

  /** Not the one just paid: the gateway will tell of it in a moment. */
  private async giveBackTheLastOf(payer: number, paid: Id): Promise<void> {
    const last = this.lastPaid.get(payer);
    this.lastPaid.set(payer, paid);
    if (!last) return;
    const refund = await this.made(`/payments/${last}/refunds`, { reason: 'aflyst' });
    if (refund) this.transcript.refunds.set(refund.id, last);
  }

  private async made(path: string, body: object = {}): Promise<Made | null> {
    const answer = await this.client.post<Made>(path, this.options.shop.office, body);
    return answer.status < 300 ? answer.body : null;
  }
}

interface Made {
  readonly id: Id;
  readonly paymentId: Id;
  readonly url: string;
}

/** A quarter hour of a working day in the weeks to come; the first `until` of them after eight o'clock. */
export function someTime({ weeks = weeksAhead, until = 29 } = {}): string {
  const today = localDate(new Date(), 'Europe/Copenhagen');
  const monday = addDays(today, 8 - weekdayOf(today));
  const day = addDays(monday, Math.floor(Math.random() * weeks) * 7 + Math.floor(Math.random() * 5));
  const eight = atLocal(day, '08:00', 'Europe/Copenhagen').getTime();
  return new Date(eight + Math.floor(Math.random() * until) * quarter).toISOString();
}

function oneOf<T>(all: readonly T[]): T {
  return all[Math.floor(Math.random() * all.length)]!;
}
