import { ChangeOf } from '../../../platform/http/change-of.js';
import {
  BoolField,
  EnumField,
  IdField,
  IntField,
  MoneyDto,
  MoneyField,
  TextField,
} from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/list-query.js';
import type { Id } from '../../../platform/values/id.js';
import { licenceClasses, type LicenceClass } from '../domain/licence-class.js';
import { lessonTypeList } from '../queries/lesson-type-reader.js';

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

  @IntField({ description: 'Busy minutes before the lesson: a multiple of 15.', example: 0, min: 0, max: 120 })
  setupMinutes: number;

  @IntField({ description: 'Busy minutes after the lesson: a multiple of 15.', example: 15, min: 0, max: 120 })
  bufferMinutes: number;

  @IntField({ description: 'Cancelling later than so many hours before costs the fee.', example: 24, min: 0, max: 720 })
  cancelNoticeHours: number;

  @MoneyField({
    description: 'Fee for cancelling too late, including VAT.',
    example: { amount: 30_000, currency: 'DKK' },
  })
  cancelFee: MoneyDto;

  @BoolField({ description: 'Whether students may book it themselves.', example: true })
  bookableByStudents: boolean;
}

export class UpdateLessonTypeDto extends ChangeOf(AddLessonTypeDto) {
  @BoolField({ description: 'Whether it is sold.', example: false, optional: true })
  active?: boolean;
}

export class LessonTypeListQuery extends ListQuery(lessonTypeList) {
  @BoolField({ description: 'Those no longer sold too; for staff.', example: false, optional: true })
  includeInactive?: boolean;
}

export class LessonTypeDto extends AddLessonTypeDto {
  @IdField({ description: 'Id of the lesson type.' })
  id: Id;

  @BoolField({ description: 'Whether it is sold.', example: true })
  active: boolean;
}
