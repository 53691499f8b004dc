import {
  BoolField,
  EnumField,
  IdField,
  InstantField,
  IntField,
  ListField,
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

export class OverrideDto {
  @TextField({ description: 'Why the school’s rules do not count this time.', example: 'Køreprøve i morgen', max: 500 })
  reason: string;
}

export class HoldTimeDto {
  @IntField({ description: 'For how long nobody else gets the time.', example: 60, min: 5, max: 10_080 })
  minutes: number;
}

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

  @IdField({ description: 'With this trailer; left out: one that is free, when the lesson needs one.', optional: true })
  trailerId?: Id;

  @IdField({
    description: 'At this facility; left out: one with a free place, when the lesson needs one.',
    optional: true,
  })
  facilityId?: Id;

  @IdField({
    description: 'Where it begins and ends; left out: at its facility, or where its teacher is at home.',
    optional: true,
  })
  locationId?: Id;

  @NestedField(() => OverrideDto, {
    description: 'For staff: book although one of the school’s rules is against it. Never a time that is taken.',
    optional: true,
  })
  override?: OverrideDto;

  @NestedField(() => HoldTimeDto, {
    description: 'For staff: only hold the time. It is confirmed or released, or ends by itself.',
    optional: true,
  })
  hold?: HoldTimeDto;
}

export class RescheduleBookingDto {
  @InstantField({ description: 'When it starts now: a quarter hour.', example: '2026-12-02T09:00:00+01:00' })
  startsAt: Date;

  @IdField({ description: 'With this teacher; left out: the same.', optional: true })
  teacherId?: Id;

  @IdField({ description: 'In this vehicle; left out: the same if it is free.', optional: true })
  vehicleId?: Id;

  @IdField({ description: 'With this trailer; left out: the same if it is free.', optional: true })
  trailerId?: Id;

  @IdField({ description: 'At this facility; left out: the same if it has a free place.', optional: true })
  facilityId?: Id;

  @IdField({ description: 'Where it begins and ends; left out: the same, or at its new facility.', optional: true })
  locationId?: Id;

  @NestedField(() => OverrideDto, {
    description: 'For staff: move it although one of the school’s rules is against it. Never to a time that is taken.',
    optional: true,
  })
  override?: OverrideDto;
}

export const forStudent =
  'For staff: true when the student asked for it, so that his notice counts; else the school cancels and no fee is due.';

export class WaiverDto {
  @TextField({
    description: 'Why the school waives it; stands on the booking, for the student too.',
    example: 'Bilen var på værksted',
    max: 500,
  })
  reason: string;

  @MoneyField({
    description: 'So much of the fee; all of it when left out.',
    example: { amount: 15_000, currency: 'DKK' },
    optional: true,
  })
  amount?: MoneyDto;
}

export class CancelBookingDto {
  @TextField({ description: 'Why; shown to student and teacher.', example: 'Syg', max: 500, optional: true })
  reason?: string;

  @BoolField({ description: forStudent, example: false, optional: true })
  forStudent?: boolean;

  @MoneyField({
    description: 'What the caller was told that it costs: when it costs something else by now, nothing is cancelled.',
    example: { amount: 0, currency: 'DKK' },
    optional: true,
  })
  expectedFee?: MoneyDto;

  @NestedField(() => WaiverDto, { description: 'For staff: waives the fee that is due.', optional: true })
  waiver?: WaiverDto;
}

export class PreviewCancellationQuery {
  @BoolField({ description: forStudent, example: false, optional: true })
  forStudent?: boolean;
}

export class CancellationFeeDto {
  @InstantField({ description: 'After this time it costs the fee.', example: '2026-11-30T11:00:00.000Z' })
  until: Date;

  @MoneyField({ description: 'What cancelling costs then.', example: { amount: 30_000, currency: 'DKK' } })
  fee: MoneyDto;
}

export class CancellationTermsDto {
  @MoneyField({ description: 'What cancelling now costs the student.' })
  fee: MoneyDto;

  @InstantField({ description: 'Up to and including this time it is free.', example: '2026-11-30T08:00:00.000Z' })
  cancelBy: Date;

  @InstantField({
    description: 'Up to and including this time it costs the fee of now; null when it stays so.',
    example: '2026-11-30T11:00:00.000Z',
    nullable: true,
  })
  changesAt: Date | null;

  @MoneyField({ description: 'What it costs afterwards; null when it stays so.', nullable: true })
  nextFee: MoneyDto | null;

  @ListField(() => CancellationFeeDto, { description: 'All that was agreed when the lesson was booked.' })
  steps: CancellationFeeDto[];

  @MoneyField({ description: 'What staying away costs.' })
  noShowFee: MoneyDto;
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

export class BookingHoldDto {
  @InstantField({ description: 'When it ends, unless it is paid or confirmed.', example: '2026-11-21T10:30:00.000Z' })
  until: Date;

  @MoneyField({ description: 'What is to be paid by then; nothing when staff hold the time.' })
  prepayment: MoneyDto;

  @IdField({ description: 'The invoice that asks for it; null when staff hold the time.', nullable: true })
  invoiceId: Id | null;
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

  @NestedField(() => PartyDto, { description: 'The trailer; null when none is needed.', nullable: true })
  trailer: PartyDto | null;

  @NestedField(() => PartyDto, {
    description: 'The track, skid pad or room; null when none is needed.',
    nullable: true,
  })
  facility: PartyDto | null;

  @NestedField(() => PartyDto, { description: 'Where it begins and ends; null when nobody said.', nullable: true })
  location: PartyDto | null;

  @NestedField(() => PartyDto, { description: 'The lesson type.' })
  lessonType: PartyDto;

  @IdField({ description: 'The series it was booked with; null when it was booked alone.', nullable: true })
  seriesId: Id | null;

  @MoneyField({ description: 'What the lesson costs, VAT included, as agreed when it was booked.' })
  price: MoneyDto;

  @InstantField({
    description: 'Up to and including this time the student cancels for free.',
    example: '2026-11-30T08:00:00.000Z',
  })
  cancelBy: Date;

  @MoneyField({
    description: 'What cancelling costs right after that; where it rises later, the cancellation’s preview says so.',
    example: { amount: 30_000, currency: 'DKK' },
  })
  lateFee: MoneyDto;

  @MoneyField({
    description: 'What cancelling it too late, or staying away, costs: less what was waived.',
    example: { amount: 0, currency: 'DKK' },
  })
  fee: MoneyDto;

  @MoneyField({ description: 'What the school waived of the fee.', example: { amount: 0, currency: 'DKK' } })
  waived: MoneyDto;

  @InstantField({ description: 'When it was cancelled; null when it was not.', example: null, nullable: true })
  cancelledAt: Date | null;

  @TextField({ description: 'Why it was cancelled.', example: null, nullable: true })
  cancelReason: string | null;

  @TextField({
    description:
      'Why the school booked or moved it although a rule was against it; null when none was, and to students and guardians.',
    example: null,
    nullable: true,
  })
  overrideReason: string | null;

  @TextField({
    description: 'Why the school last waived a fee of it; null to students and guardians.',
    example: null,
    nullable: true,
  })
  waiveReason: string | null;

  @InstantField({ description: 'When it was booked.', example: '2026-11-21T10:00:00.000Z' })
  createdAt: Date;

  @NestedField(() => BookingHoldDto, {
    description: 'What the time waits for; null when it is not only held.',
    nullable: true,
    example: null,
  })
  hold: BookingHoldDto | null;
}
