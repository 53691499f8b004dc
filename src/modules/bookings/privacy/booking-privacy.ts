import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery, schoolQuery, type Tables } from '../../../platform/database/query.js';
import {
  type DataSubject,
  ErasesPersonalData,
  ExportsPersonalData,
  type Kept,
  type Objection,
  ObjectsToErasure,
} from '../../../platform/privacy/personal-data.decorators.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { addYears, type LocalDate } from '../../../platform/values/zone.js';
import type { BookingSchema } from '../domain/booking.js';

type Db = Tables<typeof BookingSchema>;

/** What staff and students wrote of a lesson. */
const reasons = ['cancel_reason', 'override_reason', 'waive_reason'] as const;

/** How long the lesson log must be there to be shown. */
const lessonLogYears = 2;

/** The person's lessons. */
@Injectable()
export class BookingPrivacy {
  constructor(private readonly em: EntityManager) {}

  @ExportsPersonalData('lessons')
  lessons({ id }: DataSubject): Promise<unknown> {
    return this.of(id)
      .select(['id', 'starts_at as startsAt', 'ends_at as endsAt', 'state', 'price_minor as priceMinor', 'currency'])
      .select(['fee_minor as feeMinor', 'cancelled_at as cancelledAt', 'cancel_reason as cancelReason'])
      .select(['override_reason as overrideReason', 'waive_reason as waiveReason'])
      .orderBy('starts_at')
      .execute();
  }

  @ObjectsToErasure('lessons')
  async objections({ id }: DataSubject): Promise<Objection[]> {
    const [open] = await this.of(id).select('id').where('state', 'in', ['held', 'booked']).limit(1).execute();
    return open ? [lessonsBooked] : [];
  }

  /** That there was a lesson stays, and whose it was for as long as the lesson log must be shown; why one was cancelled goes. */
  @ErasesPersonalData('lessons')
  async erase({ id }: DataSubject, today: LocalDate): Promise<Kept | null> {
    await globalQuery<Db>(this.em)
      .updateTable('bookings')
      .set({ cancel_reason: null, override_reason: null, waive_reason: null })
      .where('school_id', '=', bin(currentSchool()))
      .where('student_id', '=', bin(id))
      .where((row) => row.or(reasons.map((reason) => row(reason, 'is not', null))))
      .execute();
    const given = this.of(id).select('ends_at').where('state', 'in', ['completed', 'no_show']);
    const last = await given.orderBy('starts_at', 'desc').limit(1).executeTakeFirst();
    if (!last) return null;
    const until = addYears(last.ends_at.toISOString().slice(0, 10), lessonLogYears);
    return until > today ? { until, needsIdentity: true } : null;
  }

  private of(studentId: DataSubject['id']) {
    return schoolQuery<Db>(this.em).selectFrom('bookings').where('student_id', '=', bin(studentId));
  }
}

const lessonsBooked: Objection = {
  code: 'lessons_booked',
  texts: {
    en: 'There are booked lessons: cancel them, or report what became of them.',
    da: 'Der er bookede lektioner: aflys dem, eller meld, hvad der blev af dem.',
  },
};
