import { ChangeOf } from '../../../../platform/http/change-of.js';
import {
  BoolField,
  EnumField,
  IdField,
  IntField,
  ListField,
  LocalTimeField,
  MoneyDto,
  MoneyField,
  TextField,
} from '../../../../platform/http/fields.js';
import { ListQuery } from '../../../../platform/http/list-query.js';
import type { Id } from '../../../../platform/values/id.js';
import { licenceClasses, type LicenceClass } from '../../../schools/index.js';
import { coursePlanList } from '../queries/course-plan-reader.js';

export class PlanSessionDto {
  @TextField({
    description: 'What is taught. Sessions of the same topic stand in for each other when one is caught up.',
    example: 'Færdselslære 1',
    max: 120,
  })
  topic: string;

  @IntField({ description: 'Length in minutes: a multiple of 15.', example: 90, min: 15, max: 480 })
  minutes: number;

  @IntField({
    description: 'Days after the course’s first date; with `time`. Null: the weekly times say when.',
    example: null,
    min: 0,
    max: 730,
    optional: true,
    nullable: true,
  })
  dayOffset?: number | null;

  @LocalTimeField({
    description: 'When it starts by the school’s clocks, on a quarter hour; with `dayOffset`.',
    example: null,
    optional: true,
    nullable: true,
  })
  time?: string | null;
}

export class WeeklyTimeDto {
  @IntField({ description: '1 is Monday, 7 is Sunday.', example: 2, min: 1, max: 7 })
  weekday: number;

  @LocalTimeField({ description: 'When it starts by the school’s clocks, on a quarter hour.', example: '18:00' })
  time: string;
}

export class AddCoursePlanDto {
  @TextField({ description: 'What people call it.', example: 'Teori B, aftenhold', max: 120 })
  name: string;

  @EnumField(licenceClasses, { description: 'The licence category; decides which teachers fit.', example: 'B' })
  licenceClass: LicenceClass;

  @ListField(() => PlanSessionDto, {
    description: 'The sessions in their order.',
    example: [
      { topic: 'Færdselslære 1', minutes: 90 },
      { topic: 'Færdselslære 2', minutes: 90 },
    ],
    minItems: 1,
    maxItems: 60,
  })
  sessions: PlanSessionDto[];

  @ListField(() => WeeklyTimeDto, {
    description:
      'When courses of it are taught, unless a course says otherwise; empty when each session has its own day.',
    example: [{ weekday: 2, time: '18:00' }],
    maxItems: 14,
  })
  weekly: WeeklyTimeDto[];

  @IntField({ description: 'Seats of a course, unless it says otherwise.', example: 20, min: 1, max: 200 })
  capacity: number;

  @MoneyField({
    description: 'Price of the whole course including VAT, in the school’s currency.',
    example: { amount: 250_000, currency: 'DKK' },
  })
  price: MoneyDto;

  @IntField({ description: 'VAT rate in basis points: 2500 is 25 %, 0 is exempt.', example: 2500, min: 0, max: 10_000 })
  vatRateBp: number;
}

export class UpdateCoursePlanDto extends ChangeOf(AddCoursePlanDto) {
  @BoolField({ description: 'Whether courses are made of it.', example: false, optional: true })
  active?: boolean;
}

export class CoursePlanListQuery extends ListQuery(coursePlanList) {
  @BoolField({ description: 'Plans no longer used too.', example: false, optional: true })
  includeInactive?: boolean;
}

export class CoursePlanDto extends AddCoursePlanDto {
  @IdField({ description: 'Id of the plan.' })
  id: Id;

  @BoolField({ description: 'Whether courses are made of it.', example: true })
  active: boolean;
}
