import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { assertTransaction } from '../../../platform/database/transaction.js';
import { newId } from '../../../platform/values/id.js';
import type { Money } from '../../../platform/values/money.js';
import { Charges, Packages } from '../../finance/index.js';
import { Scheduling } from '../../schools/index.js';
import type { Booking, FeeWaiver } from '../domain/booking.js';

// As they stand on the invoice.
const fees = {
  cancelled: { source: 'cancellation_fee', texts: { da: 'Sen aflysning', en: 'Late cancellation' } },
  no_show: { source: 'no_show_fee', texts: { da: 'Udeblivelse', en: 'No-show' } },
} as const;

/** What is charged for a lesson that did not take place. Joins the caller's transaction. */
@Injectable()
export class LessonFees {
  constructor(
    private readonly em: EntityManager,
    private readonly scheduling: Scheduling,
    private readonly charges: Charges,
    private readonly packages: Packages,
    private readonly audit: Audit,
  ) {}

  /** The fee in place of the lesson's price. Where staying away costs the price itself, that charge stands; a lesson out of a package costs that. */
  async settle(booking: Booking): Promise<void> {
    assertTransaction('LessonFees.settle()');
    if (await this.packages.settle(booking.id, booking.fee.isPositive)) return;
    if (booking.state === 'no_show' && booking.feeMinor === booking.priceMinor) return;
    await this.cancelPrice(booking);
    await this.charge(booking);
  }

  /** Less is owed: what was charged is taken back, by a credit note when it was invoiced, and what is left is charged anew. */
  async waive(booking: Booking, waiver: FeeWaiver): Promise<void> {
    assertTransaction('LessonFees.waive()');
    const { source } = feeOf(booking);
    const charged = booking.feeChargeSource ?? booking.id;
    booking.waive(waiver, newId());
    await this.em.flush();
    if (!(await this.packages.settle(booking.id, booking.fee.isPositive))) {
      await this.cancelPrice(booking);
      await this.charges.cancel(source, charged);
      await this.charge(booking);
    }
    await this.noteWaiver(booking, waiver.waived);
  }

  /** Why stands on the booking, from where it can be erased. */
  async noteWaiver({ id, studentId, fee }: Booking, waived: Money): Promise<void> {
    const details = { studentId, waived: waived.amount, fee: fee.amount, currency: fee.currency };
    await this.audit.record({ action: 'booking.fee_waived', subjectId: id, details });
  }

  /** With what of it was asked for beforehand: what was paid for that is the student's credit. */
  private async cancelPrice({ id }: Booking): Promise<void> {
    for (const source of ['booking', 'prepayment', 'late_prepayment'] as const) await this.charges.cancel(source, id);
  }

  private async charge(booking: Booking): Promise<void> {
    const { id, studentId, vatRateBp, feeChargeSource, fee, teacherId: earnedById } = booking;
    if (!fee.isPositive) return;
    const { source, texts } = feeOf(booking);
    const { locale } = await this.scheduling.school();
    const sourceId = feeChargeSource ?? id;
    const sold = { description: texts[locale], gross: fee, vatRateBp, earnedById };
    await this.charges.record({ studentId, source, sourceId, ...sold });
  }
}

function feeOf({ state }: Booking) {
  return state === 'no_show' ? fees.no_show : fees.cancelled;
}
