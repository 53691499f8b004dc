import {
  BoolField,
  EnumField,
  IdField,
  InstantField,
  IntField,
  ListField,
  LocalDateField,
  NestedField,
  TextField,
} from '../../../../platform/http/fields.js';
import { PageOf, PageQuery } from '../../../../platform/http/paging.js';
import type { Id } from '../../../../platform/values/id.js';
import {
  AddTimeOffDto,
  NewClosingDayDto,
  SetDayHoursDto,
  SetWorkingHoursDto,
  TimeOffDto,
} from '../../../schools/index.js';
import { notAtWorkReasons, type NotAtWork } from '../../domain/not-at-work.js';
import { PartyDto } from '../../http/booking.dto.js';
import { FreeTimeDto } from '../../http/free-time.dto.js';
import { decisionKinds } from '../domain/decision.js';
import { MOST_OTHERS } from '../queries/other-entries.js';
import { MOST_SHOWN } from '../queries/orphan-views.js';

export class TeachersWorkingHoursDto extends SetWorkingHoursDto {
  @IdField({ description: 'Whose hours.' })
  teacherId: Id;
}

export class TeachersDayHoursDto extends SetDayHoursDto {
  @IdField({ description: 'Whose hours.' })
  teacherId: Id;
}

export class TeachersTimeOffDto extends AddTimeOffDto {
  @IdField({ description: 'Who is away.' })
  teacherId: Id;
}

/** Exactly one of these. */
export class ScheduleChangeDto {
  @NestedField(() => TeachersWorkingHoursDto, { description: 'Another week from a date on.', optional: true })
  workingHours?: TeachersWorkingHoursDto;

  @NestedField(() => TeachersDayHoursDto, { description: 'Other hours on one date.', optional: true })
  dayHours?: TeachersDayHoursDto;

  @NestedField(() => TeachersTimeOffDto, { description: 'Time off.', optional: true })
  timeOff?: TeachersTimeOffDto;

  @ListField(() => NewClosingDayDto, {
    description: 'Days on which the school is closed; the office’s to decide.',
    minItems: 1,
    maxItems: 60,
    optional: true,
  })
  closingDays?: NewClosingDayDto[];
}

export class DecisionDto {
  @IdField({ description: 'The lesson.' })
  bookingId: Id;

  @EnumField(decisionKinds, {
    description:
      'keep: it stands as it is; move: to another time, at the terms it was booked at; cancel: by the school, so no fee is due.',
    example: 'move',
    name: 'OrphanDecision',
  })
  decision: (typeof decisionKinds)[number];

  @InstantField({
    description: 'Where it is moved to, one of its alternatives or any other free time. Needed to move.',
    example: '2026-12-02T09:00:00+01:00',
    optional: true,
  })
  startsAt?: Date;

  @IdField({ description: 'Moved to this teacher; left out: whoever is free.', optional: true })
  teacherId?: Id;

  @IdField({ description: 'Moved to this vehicle; left out: the same if it is free.', optional: true })
  vehicleId?: Id;

  @TextField({
    description: 'Why it is cancelled; shown to student and teacher.',
    example: 'Læreren er syg',
    max: 500,
    optional: true,
  })
  reason?: string;
}

const decisions = { description: 'What is to become of the lessons, each named once.', maxItems: 100 };

export class SaveScheduleChangeDto extends ScheduleChangeDto {
  @ListField(() => DecisionDto, { ...decisions, optional: true })
  decisions?: DecisionDto[];

  @BoolField({
    description: 'True: change nothing while a lesson is left outside that nothing was decided on.',
    example: true,
    optional: true,
  })
  refuseUndecided?: boolean;
}

export class DecideOrphansDto {
  @ListField(() => DecisionDto, { ...decisions, minItems: 1 })
  decisions: DecisionDto[];
}

export class OrphanDto {
  @IdField({ description: 'Id of the booking.' })
  bookingId: Id;

  @InstantField({ description: 'Start of the lesson.', example: '2027-01-05T13:00:00.000Z' })
  startsAt: Date;

  @InstantField({ description: 'End of the lesson.', example: '2027-01-05T13:45:00.000Z' })
  endsAt: Date;

  @EnumField(notAtWorkReasons, {
    description: 'Why it does not fit: the teacher does not work then, is away, or the school is closed.',
    example: 'time_off',
    name: 'NotAtWork',
  })
  reason: NotAtWork;

  @InstantField({ description: 'When somebody decided to keep it; null: nobody has.', example: null, nullable: true })
  keptAt: Date | null;

  @NestedField(() => PartyDto, { description: 'The student.' })
  student: PartyDto;

  @NestedField(() => PartyDto, { description: 'The teacher.' })
  teacher: PartyDto;

  @NestedField(() => PartyDto, { description: 'The lesson type.' })
  lessonType: PartyDto;
}

export class OrphanWithAlternativesDto extends OrphanDto {
  @ListField(() => FreeTimeDto, {
    description: 'Up to three free times near it, with any teacher; for the first 25 lessons.',
  })
  alternatives: FreeTimeDto[];
}

export class OtherEntryDto {
  @EnumField(['class_session', 'exam'], { description: 'What it is.', example: 'exam', name: 'OtherEntryKind' })
  kind: string;

  @IdField({ description: 'Id of the class or the exam.' })
  id: Id;

  @TextField({ description: 'What the diary writes over it.', example: 'Køreprøve B' })
  title: string;

  @InstantField({ description: 'When it starts.', example: '2027-01-05T13:00:00.000Z' })
  startsAt: Date;

  @InstantField({ description: 'When it ends.', example: '2027-01-05T13:45:00.000Z' })
  endsAt: Date;

  @EnumField(notAtWorkReasons, {
    description: 'Why it does not fit. A class is bound by time off and closing days alone.',
    example: 'time_off',
    name: 'NotAtWork',
  })
  reason: NotAtWork;

  @NestedField(() => PartyDto, { description: 'The teacher.' })
  teacher: PartyDto;
}

const others = {
  description: 'Theory classes and practical exams outside too, soonest first: move or cancel them where they belong.',
  maxItems: MOST_OTHERS,
};

export class OrphansPageDto extends PageOf(OrphanDto) {
  @ListField(() => OtherEntryDto, { ...others, description: `${others.description} On the first page alone.` })
  otherEntries: OtherEntryDto[];
}

const most = { description: 'The lessons that the change leaves outside, soonest first.', maxItems: MOST_SHOWN };

export class PreviewedChangeDto {
  @ListField(() => OrphanWithAlternativesDto, most)
  orphanedBookings: OrphanWithAlternativesDto[];

  @IntField({ description: 'How many there are, shown or not.', example: 3, min: 0, max: 1_000_000 })
  total: number;

  @ListField(() => OtherEntryDto, others)
  otherEntries: OtherEntryDto[];
}

export class SavedChangeDto {
  @ListField(() => OrphanDto, {
    ...most,
    description: 'The lessons that the change leaves outside and nothing was decided on, soonest first.',
  })
  orphanedBookings: OrphanDto[];

  @IntField({ description: 'How many there are, shown or not.', example: 0, min: 0, max: 1_000_000 })
  total: number;

  @ListField(() => OtherEntryDto, others)
  otherEntries: OtherEntryDto[];
}

export class TakeSickLeaveDto {
  @LocalDateField({
    description: 'The last day of it; today when left out.',
    example: '2026-12-02',
    optional: true,
  })
  lastDate?: string;
}

export class SickLeaveDto extends PreviewedChangeDto {
  @NestedField(() => TimeOffDto, { description: 'The time off that was taken.' })
  timeOff: TimeOffDto;
}

export class OrphansQuery extends PageQuery {
  @LocalDateField({ description: 'First date; today when left out.', example: '2026-12-01', optional: true })
  from?: string;

  @LocalDateField({
    description: 'The date after the last one; 62 days after the first when left out, 366 at most.',
    example: '2026-12-15',
    optional: true,
  })
  until?: string;

  @IdField({ description: 'This teacher’s alone.', optional: true })
  teacherId?: Id;

  @BoolField({ description: 'Those too that somebody decided to keep.', example: false, optional: true })
  includeKept?: boolean;
}
