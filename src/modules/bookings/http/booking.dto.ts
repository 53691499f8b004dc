import {
  BoolField,
  EnumField,
  IdField,
  InstantField,
  LocalDateField,
  MoneyDto,
  MoneyField,
  NestedField,
  TextField,
} from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/list-query.js';
import type { Id } from '../../../platform/values/id.js';
import { bookingStates, type BookingState } from '../domain/booking-state.js';
import { bookingList } from '../queries/diary.js';

export class BookLessonDto {
  @IdField({ description: 'What kind of lesson.' })
  lessonTypeId: Id;

  @InstantField({ description: 'When it starts: a quarter hour.', example: '2026-12-01T09:00:00+01:00' })
  startsAt: Date;

  @IdField({
    description: 'Whom the lesson is for. Students leave it out, and guardians of one student may.',
    optional: true,
  })
  studentId?: Id;

  @IdField({ description: 'With this teacher; left out: whoever is free.', optional: true })
  teacherId?: Id;

  @IdField({ description: 'In this vehicle; left out: one that is free, when the lesson needs one.', optional: true })
  vehicleId?: Id;
}

export class RescheduleBookingDto {
  @InstantField({ description: 'When it starts now: a quarter hour.', example: '2026-12-02T09:00:00+01:00' })
  startsAt: Date;

  @IdField({ description: 'With this teacher; left out: the same.', optional: true })
  teacherId?: Id;

  @IdField({ description: 'In this vehicle; left out: the same if it is free.', optional: true })
  vehicleId?: Id;
}

const forStudent =
  'For staff: true when the student asked for it, so that his notice counts; else the school cancels and no fee is due.';

export class CancelBookingDto {
  @TextField({ description: 'Why; shown to student and teacher.', example: 'Syg', max: 500, optional: true })
  reason?: string;

  @BoolField({ description: forStudent, example: false, optional: true })
  forStudent?: boolean;
}

export class PreviewCancellationQuery {
  @BoolField({ description: forStudent, example: false, optional: true })
  forStudent?: boolean;
}

export class CancellationTermsDto {
  @MoneyField({ description: 'What cancelling now costs the student.' })
  fee: MoneyDto;

  @InstantField({ description: 'Up to and including this time it is free.', example: '2026-11-30T08:00:00.000Z' })
  cancelBy: Date;
}

export class BookingListQuery extends ListQuery(bookingList) {
  @LocalDateField({ description: 'First date; today when left out.', example: '2026-12-01', optional: true })
  from?: string;

  @LocalDateField({
    description: 'The date after the last one; 28 days after the first when left out, 366 at most.',
    example: '2026-12-08',
    optional: true,
  })
  until?: string;

  @IdField({ description: 'This teacher’s alone.', optional: true })
  teacherId?: Id;

  @IdField({
    description: 'This student’s alone. Students see their own in any case, guardians their wards’.',
    optional: true,
  })
  studentId?: Id;

  @EnumField(bookingStates, {
    description: 'In this state alone.',
    example: 'booked',
    name: 'BookingState',
    optional: true,
  })
  state?: BookingState;
}

export class PartyDto {
  @IdField({ description: 'Its id.' })
  id: Id;

  @TextField({ description: 'Its name.', example: 'Mette Holm' })
  name: string;
}

export class BookingDto {
  @IdField({ description: 'Id of the booking.' })
  id: Id;

  @EnumField(bookingStates, { description: 'Where it stands.', example: 'booked', name: 'BookingState' })
  state: BookingState;

  @InstantField({ description: 'When it starts.', example: '2026-12-01T08:00:00.000Z' })
  startsAt: Date;

  @InstantField({ description: 'When it ends.', example: '2026-12-01T08:45:00.000Z' })
  endsAt: Date;

  @NestedField(() => PartyDto, { description: 'The student.' })
  student: PartyDto;

  @NestedField(() => PartyDto, { description: 'The teacher.' })
  teacher: PartyDto;

  @NestedField(() => PartyDto, { description: 'The vehicle; null when none is needed.', nullable: true })
  vehicle: PartyDto | null;

  @NestedField(() => PartyDto, { description: 'The lesson type.' })
  lessonType: PartyDto;

  @MoneyField({ description: 'What the lesson costs, VAT included, as agreed when it was booked.' })
  price: MoneyDto;

  @InstantField({
    description: 'Up to and including this time the student cancels for free.',
    example: '2026-11-30T08:00:00.000Z',
  })
  cancelBy: Date;

  @MoneyField({ description: 'What cancelling later costs.', example: { amount: 30_000, currency: 'DKK' } })
  lateFee: MoneyDto;

  @MoneyField({ description: 'What cancelling did cost.', example: { amount: 0, currency: 'DKK' } })
  fee: MoneyDto;

  @InstantField({ description: 'When it was cancelled; null when it was not.', example: null, nullable: true })
  cancelledAt: Date | null;

  @TextField({ description: 'Why it was cancelled.', example: null, nullable: true })
  cancelReason: string | null;

  @InstantField({ description: 'When it was booked.', example: '2026-11-21T10:00:00.000Z' })
  createdAt: Date;
}
