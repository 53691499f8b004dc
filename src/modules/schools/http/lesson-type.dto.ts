import { OmitType } from '@nestjs/swagger';
import { ChangeOf } from '../../../platform/http/change-of.js';
import {
  BoolField,
  EnumField,
  IdField,
  IntField,
  IntListField,
  ListField,
  LocalTimeField,
  MoneyDto,
  MoneyField,
  NestedField,
  TextField,
} from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/list-query.js';
import type { Id } from '../../../platform/values/id.js';
import { facilityKinds, type FacilityKind } from '../domain/facility.js';
import { type CancellationClock, cancellationClocks, wholePrice } from '../domain/cancellation-policy.js';
import { licenceClasses, type LicenceClass } from '../domain/licence-class.js';
import { longestLead, mostLeads, shortestLead } from '../domain/reminder-leads.js';
import { gearboxes, type Gearbox } from '../domain/vehicle.js';
import { lessonTypeList } from '../queries/lesson-type-reader.js';

export class FeeDto {
  @MoneyField({
    description: 'A fixed amount including VAT; null where it is a share of the price.',
    example: { amount: 30_000, currency: 'DKK' },
    optional: true,
    nullable: true,
  })
  amount: MoneyDto | null = null;

  @IntField({
    description: 'So many percent of the price; null where it is an amount.',
    example: null,
    min: 0,
    max: 100,
    optional: true,
    nullable: true,
  })
  percent: number | null = null;
}

export class CancellationStepDto {
  @EnumField(cancellationClocks, {
    description:
      'How the notice is counted: in hours; in days, until a time of the school’s clock; or in working days, for which weekends, public holidays and the school’s `keptHolidays` do not count.',
    example: 'wall_clock',
    name: 'CancellationClock',
  })
  clock: CancellationClock;

  @IntField({
    description: 'So many hours, days or working days before the lesson; of days, 0 is its own day.',
    example: 1,
    min: 0,
    max: 720,
  })
  before: number;

  @LocalTimeField({
    description: 'Until this time of that day, in the school’s zone; left out where hours are counted.',
    example: '12:00',
    optional: true,
    nullable: true,
  })
  time: string | null = null;

  @NestedField(() => FeeDto, { description: 'What cancelling costs afterwards.' })
  fee: FeeDto;
}

export class CancellationPolicyDto {
  @ListField(() => CancellationStepDto, {
    description:
      'In order of time, up to six. Of those that have passed, the dearest counts; none: free until the start.',
    maxItems: 6,
  })
  steps: CancellationStepDto[];

  @NestedField(() => FeeDto, {
    description: 'What staying away costs; the whole price when left out.',
    example: { amount: null, percent: 100 },
    optional: true,
  })
  noShow: FeeDto = Object.assign(new FeeDto(), wholePrice);
}

export class AddLessonTypeDto {
  @TextField({ description: 'Name as on the invoice.', example: 'Kørelektion, kategori B', max: 120 })
  name: string;

  @IntField({ description: 'Length in minutes: a multiple of 15.', example: 45, min: 15, max: 480 })
  minutes: number;

  @MoneyField({ description: 'Price including VAT, in the school’s currency.' })
  price: MoneyDto;

  @IntField({ description: 'VAT rate in basis points: 2500 is 25 %, 0 is exempt.', example: 2500, min: 0, max: 10_000 })
  vatRateBp: number;

  @BoolField({ description: 'Whether a vehicle is booked with it.', example: true })
  needsVehicle: boolean;

  @EnumField(licenceClasses, {
    description: 'The licence category; decides which teachers and vehicles fit.',
    example: 'B',
  })
  licenceClass: LicenceClass;

  @EnumField(licenceClasses, {
    description: 'The class of its vehicle where that is not the licence category: B for the car of a BE lesson.',
    example: null,
    optional: true,
    nullable: true,
  })
  vehicleClass?: LicenceClass | null;

  @EnumField(gearboxes, {
    description: 'Its vehicle has this gearbox; null or left out: either will do.',
    example: null,
    optional: true,
    nullable: true,
  })
  gearbox?: Gearbox | null;

  @BoolField({
    description: 'Whether a trailer of the licence category is booked with it. It needs a vehicle too.',
    example: false,
    optional: true,
  })
  needsTrailer?: boolean;

  @EnumField(facilityKinds, {
    description: 'A place at such a facility is booked with it; null or left out: none.',
    example: null,
    optional: true,
    nullable: true,
  })
  facilityKind?: FacilityKind | null;

  @IntField({ description: 'Busy minutes before the lesson: a multiple of 15.', example: 0, min: 0, max: 120 })
  setupMinutes: number;

  @IntField({ description: 'Busy minutes after the lesson: a multiple of 15.', example: 15, min: 0, max: 120 })
  bufferMinutes: number;

  @NestedField(() => CancellationPolicyDto, {
    description: 'What cancelling costs when. Left out where `cancelNoticeHours` and `cancelFee` say all of it.',
    optional: true,
  })
  cancellation?: CancellationPolicyDto;

  @IntField({
    description:
      'The short form, together with `cancelFee`: cancelling later than so many hours before costs the fee. Null is as good as left out.',
    example: 24,
    min: 0,
    max: 720,
    optional: true,
    nullable: true,
  })
  cancelNoticeHours?: number | null;

  @MoneyField({
    description: 'Fee for cancelling too late, including VAT.',
    example: { amount: 30_000, currency: 'DKK' },
    optional: true,
    nullable: true,
  })
  cancelFee?: MoneyDto | null;

  @BoolField({ description: 'Whether students may book it themselves.', example: true })
  bookableByStudents: boolean;

  @IntListField({
    description:
      'How many minutes before it students are reminded; an empty list: not at all; null or left out: as the school’s `lessonReminders` say.',
    example: null,
    maxItems: mostLeads,
    min: shortestLead,
    max: longestLead,
    optional: true,
    nullable: true,
  })
  reminders?: number[] | null;
}

export class UpdateLessonTypeDto extends ChangeOf(AddLessonTypeDto) {
  @BoolField({ description: 'Whether it is sold.', example: false, optional: true })
  active?: boolean;
}

export class LessonTypeListQuery extends ListQuery(lessonTypeList) {
  @BoolField({ description: 'Those no longer sold too; for staff.', example: false, optional: true })
  includeInactive?: boolean;
}

export class LessonTypeDto extends OmitType(AddLessonTypeDto, [
  'cancellation',
  'cancelNoticeHours',
  'cancelFee',
  'reminders',
]) {
  @IntListField({
    description: 'How many minutes before it students are reminded; null: as the school’s `lessonReminders` say.',
    example: null,
    maxItems: mostLeads,
    min: shortestLead,
    max: longestLead,
    nullable: true,
  })
  reminders: number[] | null;

  @NestedField(() => CancellationPolicyDto, { description: 'What cancelling costs when.' })
  cancellation: CancellationPolicyDto;

  @IntField({
    description: 'The hours, where they and `cancelFee` say all of it; else null.',
    example: 24,
    min: 0,
    max: 720,
    nullable: true,
  })
  cancelNoticeHours: number | null;

  @MoneyField({
    description: 'The fee, where it and `cancelNoticeHours` say all of it; else null.',
    example: { amount: 30_000, currency: 'DKK' },
    nullable: true,
  })
  cancelFee: MoneyDto | null;

  @IdField({ description: 'Id of the lesson type.' })
  id: Id;

  @BoolField({ description: 'Whether it is sold.', example: true })
  active: boolean;
}
