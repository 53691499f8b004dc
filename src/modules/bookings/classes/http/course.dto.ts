import { ChangeOf } from '../../../../platform/http/change-of.js';
import {
  BoolField,
  EnumField,
  EnumListField,
  IdField,
  InstantField,
  IntField,
  ListField,
  LocalDateField,
  MoneyDto,
  MoneyField,
  NestedField,
  TextField,
} from '../../../../platform/http/fields.js';
import { ListQuery } from '../../../../platform/http/list-query.js';
import type { Id } from '../../../../platform/values/id.js';
import { PartyDto } from '../../http/booking.dto.js';
import type { SessionHindrance } from '../domain/course-problems.js';
import { courseStates, type CourseState } from '../domain/course-state.js';
import { courseList } from '../queries/course-reader.js';
import { WeeklyTimeDto } from './course-plan.dto.js';

class CourseTermsDto {
  @TextField({ description: 'Name, as on the invoice.', example: 'Teori B, forår', max: 120 })
  name: string;

  @IntField({ description: 'Seats.', example: 20, min: 1, max: 200 })
  capacity: number;

  @BoolField({ description: 'Whether students enrol themselves.', example: true })
  selfEnrolment: boolean;

  @IntField({
    description: 'Hours for which a free seat is kept for the next one on the waiting list.',
    example: 24,
    min: 1,
    max: 336,
  })
  offerHours: number;
}

export class UpdateCourseDto extends ChangeOf(CourseTermsDto) {}

export class PlanCourseDto extends ChangeOf(CourseTermsDto) {
  @IdField({ description: 'The plan it is made of; what is left out here is as the plan has it.' })
  planId: Id;

  @LocalDateField({ description: 'The first date on which it may be taught.', example: '2026-12-01' })
  startsOn: string;

  @IdField({ description: 'Who teaches it: an active teacher of the plan’s licence category.' })
  teacherId: Id;

  @IdField({ description: 'The room, a facility of kind `room`. Left out: it needs none.', optional: true })
  roomId?: Id;

  @ListField(() => WeeklyTimeDto, {
    description: 'When it is taught, instead of the plan’s times.',
    example: [{ weekday: 2, time: '18:00' }],
    maxItems: 14,
    optional: true,
  })
  weekly?: WeeklyTimeDto[];

  @MoneyField({
    description: 'Price including VAT, instead of the plan’s.',
    example: { amount: 250_000, currency: 'DKK' },
    optional: true,
  })
  price?: MoneyDto;

  @BoolField({
    description: 'Nothing is taught on public holidays and the school’s closing days.',
    example: true,
    optional: true,
  })
  skipHolidays?: boolean;
}

const hindrances = [
  'teacher',
  'teacher_off',
  'travel',
  'room',
  'past',
  'overlaps',
] as const satisfies readonly SessionHindrance[];

export class PreviewedSessionDto {
  @IntField({ description: 'From 1 on.', example: 1, min: 1, max: 60 })
  number: number;

  @TextField({ description: 'What is taught.', example: 'Færdselslære 1' })
  topic: string;

  @InstantField({ description: 'When it would start.', example: '2026-12-01T17:00:00.000Z' })
  startsAt: Date;

  @InstantField({ description: 'When it would end.', example: '2026-12-01T18:30:00.000Z' })
  endsAt: Date;

  @EnumListField(hindrances, {
    description:
      'What is in the way; empty when nothing is. `overlaps`: it begins before the session above ends. `travel`: the teacher could not be there in time from what is before, or for what comes after. That a teacher or room is busy is told, never with what.',
    example: [],
  })
  hindrances: SessionHindrance[];
}

export class CoursePreviewDto {
  @BoolField({ description: 'Whether nothing is in the way of any session.', example: true })
  free: boolean;

  @ListField(() => PreviewedSessionDto, { description: 'The sessions on their dates.' })
  sessions: PreviewedSessionDto[];
}

export class CourseListQuery extends ListQuery(courseList) {
  @EnumField(courseStates, {
    description: 'In this state alone.',
    example: 'open',
    name: 'CourseState',
    optional: true,
  })
  state?: CourseState;

  @IdField({ description: 'Of this plan alone.', optional: true })
  planId?: Id;

  @IdField({ description: 'Of this teacher alone.', optional: true })
  teacherId?: Id;

  @InstantField({
    description: 'Those that end later than this alone.',
    example: '2026-12-01T00:00:00.000Z',
    optional: true,
  })
  endsAfter?: Date;
}

export class CourseDto extends CourseTermsDto {
  @IdField({ description: 'Id of the course.' })
  id: Id;

  @EnumField(courseStates, { description: 'Where it stands.', example: 'open', name: 'CourseState' })
  state: CourseState;

  @NestedField(() => PartyDto, { description: 'The plan it was made of.' })
  plan: PartyDto;

  @NestedField(() => PartyDto, { description: 'Who teaches it, unless a session says otherwise.' })
  teacher: PartyDto;

  @NestedField(() => PartyDto, { description: 'The room; null when it needs none.', nullable: true })
  room: PartyDto | null;

  @IntField({
    description: 'Seats neither taken nor kept for somebody on the waiting list.',
    example: 7,
    min: 0,
    max: 200,
  })
  freeSeats: number;

  @MoneyField({
    description: 'Price of the whole course including VAT.',
    example: { amount: 250_000, currency: 'DKK' },
  })
  price: MoneyDto;

  @InstantField({ description: 'Start of its first session.', example: '2026-12-01T17:00:00.000Z' })
  startsAt: Date;

  @InstantField({ description: 'End of its last session.', example: '2027-03-02T18:30:00.000Z' })
  endsAt: Date;

  @TextField({ description: 'Why it was cancelled.', example: null, nullable: true })
  cancelReason: string | null;
}

export class CancelCourseDto {
  @TextField({ description: 'Why; shown to the students.', example: 'For få tilmeldte', max: 500, optional: true })
  reason?: string;

  @BoolField({
    description: 'Whether what was charged stays. Left out: it goes until the course begins, and stays after that.',
    example: false,
    optional: true,
  })
  keepCharges?: boolean;
}
