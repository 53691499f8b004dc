import {
  BoolField,
  EnumField,
  IdField,
  InstantField,
  IntField,
  MoneyDto,
  MoneyField,
  NestedField,
} from '../../../../platform/http/fields.js';
import { ListQuery } from '../../../../platform/http/list-query.js';
import type { Id } from '../../../../platform/values/id.js';
import { PartyDto } from '../../http/booking.dto.js';
import { enrolmentStates, type EnrolmentState } from '../domain/course-enrolment.js';
import { waiterStates, type WaiterState } from '../domain/course-waiter.js';
import { enrolmentList } from '../queries/enrolment-reader.js';
import { waiterList } from '../queries/waiter-reader.js';

const whose = 'For which student. Left out by students, and by guardians of one.';
const ownAlone = 'This student’s alone. Students see their own in any case, guardians their wards’.';

export class AcceptSeatDto {
  @BoolField({
    description: 'Staff only: where the student has something else he is excused, instead of being refused.',
    example: true,
    optional: true,
  })
  excuseBusy?: boolean;
}

export class EnrolInCourseDto extends AcceptSeatDto {
  @IdField({ description: whose, optional: true })
  studentId?: Id;
}

export class MoveEnrolmentDto extends AcceptSeatDto {
  @IdField({ description: 'The course to go to.' })
  courseId: Id;
}

export class WithdrawDto {
  @BoolField({
    description:
      'Staff only: whether what was charged stays. Left out: it goes until the course begins, and stays after that.',
    example: false,
    optional: true,
  })
  keepCharge?: boolean;
}

export class JoinWaitingListDto {
  @IdField({ description: 'The course, which is full.' })
  courseId: Id;

  @IdField({ description: whose, optional: true })
  studentId?: Id;
}

export class EnrolmentListQuery extends ListQuery(enrolmentList) {
  @IdField({ description: 'On this course alone.', optional: true })
  courseId?: Id;

  @IdField({ description: ownAlone, optional: true })
  studentId?: Id;

  @EnumField(enrolmentStates, {
    description: 'In this state alone.',
    example: 'enrolled',
    name: 'CourseEnrolmentState',
    optional: true,
  })
  state?: EnrolmentState;
}

export class EnrolmentDto {
  @IdField({ description: 'Id of the enrolment.' })
  id: Id;

  @NestedField(() => PartyDto, { description: 'The course.' })
  course: PartyDto;

  @NestedField(() => PartyDto, { description: 'The student.' })
  student: PartyDto;

  @EnumField(enrolmentStates, {
    description: '`moved`: goes on in another course.',
    example: 'enrolled',
    name: 'CourseEnrolmentState',
  })
  state: EnrolmentState;

  @MoneyField({ description: 'The course’s price when he enrolled.', example: { amount: 250_000, currency: 'DKK' } })
  price: MoneyDto;

  @InstantField({ description: 'Since when.', example: '2026-11-21T10:00:00.000Z' })
  enrolledAt: Date;

  @InstantField({ description: 'When he left; null while he is on the course.', example: null, nullable: true })
  leftAt: Date | null;
}

export class WaiterListQuery extends ListQuery(waiterList) {
  @IdField({ description: 'Of this course alone.', optional: true })
  courseId?: Id;

  @IdField({ description: ownAlone, optional: true })
  studentId?: Id;

  @EnumField(waiterStates, {
    description: 'In this state alone.',
    example: 'waiting',
    name: 'CourseWaiterState',
    optional: true,
  })
  state?: WaiterState;
}

export class WaiterDto {
  @IdField({ description: 'Id of the place on the waiting list.' })
  id: Id;

  @NestedField(() => PartyDto, { description: 'The course.' })
  course: PartyDto;

  @NestedField(() => PartyDto, { description: 'The student.' })
  student: PartyDto;

  @EnumField(waiterStates, {
    description: '`offered`: a seat is kept until `offeredUntil`.',
    example: 'waiting',
    name: 'CourseWaiterState',
  })
  state: WaiterState;

  @IntField({
    description: 'From 1 on, the next one to be asked; null for those who do not wait.',
    example: 1,
    min: 1,
    max: 100_000,
    nullable: true,
  })
  position: number | null;

  @InstantField({ description: 'Until when a seat is kept; null when none is.', example: null, nullable: true })
  offeredUntil: Date | null;

  @InstantField({ description: 'Since when.', example: '2026-11-21T10:00:00.000Z' })
  createdAt: Date;
}
