import {
  BoolField,
  EnumField,
  EnumListField,
  IdField,
  InstantField,
  IntField,
  ListField,
  LocalDateField,
  NestedField,
  TextField,
} from '../../../../platform/http/fields.js';
import type { Id } from '../../../../platform/values/id.js';
import { PartyDto } from '../../http/booking.dto.js';
import { conflictKinds, type ConflictKind } from '../domain/conflicts.js';
import { columnKinds, viewKinds, type ColumnKind, type ViewKind } from '../domain/view.js';

// A month of a thousand columns.
const minutesAtMost = 31 * 24 * 60 * 1_000;

export class WeekQuery {
  @LocalDateField({ description: 'Any date of the week; today when left out.', example: '2026-12-01', optional: true })
  date?: string;

  @IdField({ description: 'This teacher’s page alone; left out: everybody’s.', optional: true })
  teacherId?: Id;
}

export class WeekDrawingQuery {
  @LocalDateField({ description: 'Any date of the week; today when left out.', example: '2026-12-01', optional: true })
  date?: string;

  @IdField({ description: 'Whose week.' })
  teacherId: Id;
}

export class DiaryQuery {
  @EnumField(viewKinds, {
    description: 'How long a time: the day, the week from Monday, or the month that the date lies in.',
    example: 'week',
    name: 'DiaryViewKind',
    optional: true,
    default: 'week',
  })
  view?: ViewKind = 'week';

  @LocalDateField({ description: 'Any date of it; today when left out.', example: '2026-12-01', optional: true })
  date?: string;

  @EnumField(columnKinds, {
    description: 'What the columns stand for.',
    example: 'teachers',
    name: 'DiaryColumnKind',
    optional: true,
    default: 'teachers',
  })
  columns?: ColumnKind = 'teachers';

  @IdField({ description: 'This teacher’s alone.', optional: true })
  teacherId?: Id;

  @IdField({ description: 'Of this vehicle or trailer alone.', optional: true })
  vehicleId?: Id;

  @IdField({ description: 'At this branch or meeting point alone.', optional: true })
  locationId?: Id;
}

export class SpanDto {
  @InstantField({ description: 'When it begins.', example: '2026-12-01T07:00:00.000Z' })
  startsAt: Date;

  @InstantField({ description: 'When it ends.', example: '2026-12-01T15:00:00.000Z' })
  endsAt: Date;
}

export class FreeSpanDto extends SpanDto {
  @IntField({ description: 'How long it is.', example: 45, min: 15, max: 1_500 })
  minutes: number;

  @BoolField({
    description: 'Whether the school’s shortest lesson fits in, setup and buffer included; a hole when not.',
    example: true,
  })
  fitsLesson: boolean;
}

class UseDto {
  @IntField({ description: 'Minutes of working time, time off taken out.', example: 480, min: 0, max: minutesAtMost })
  workingMinutes: number;

  @IntField({
    description: 'Minutes taken by what stands in the diary, setup and buffer included.',
    example: 360,
    min: 0,
    max: minutesAtMost,
  })
  claimedMinutes: number;

  @IntField({ description: 'Those of them that lie in working time.', example: 360, min: 0, max: minutesAtMost })
  usedMinutes: number;

  @IntField({
    description: 'Whole percent of the working time; null when there is none.',
    example: 75,
    min: 0,
    max: 100,
    nullable: true,
  })
  utilisation: number | null;
}

export class DiaryDayDto extends UseDto {
  @LocalDateField({ description: 'The date.', example: '2026-12-01' })
  date: string;

  @BoolField({ description: 'Whether the whole school is closed.', example: false })
  closed: boolean;

  @ListField(() => SpanDto, { description: 'Working time, time off taken out.' })
  working: SpanDto[];

  @ListField(() => SpanDto, { description: 'Time off.' })
  timeOff: SpanDto[];

  @ListField(() => SpanDto, { description: 'Taken by another school, of which nothing else is told.' })
  busyElsewhere: SpanDto[];

  @ListField(() => FreeSpanDto, { description: 'Working time that nothing has taken.' })
  free: FreeSpanDto[];

  @IntField({ description: 'How many entries begin on the date.', example: 8, min: 0, max: 10_000 })
  entries: number;

  @IntField({ description: 'How many of them have a conflict.', example: 0, min: 0, max: 10_000 })
  conflicts: number;
}

export class DiaryColumnDto extends UseDto {
  @IdField({ description: 'Id of the teacher or vehicle.' })
  id: Id;

  @TextField({ description: 'Its name.', example: 'Mette Holm' })
  name: string;

  @ListField(() => DiaryDayDto, { description: 'A day each.' })
  days: DiaryDayDto[];
}

export class DiaryEntryDto extends SpanDto {
  @TextField({ description: 'What it is: `lesson`, `class_session` or `exam`.', example: 'lesson' })
  kind: string;

  @IdField({ description: 'Id of the booking, session or exam.' })
  id: Id;

  @TextField({ description: 'Where it stands.', example: 'booked' })
  state: string;

  @TextField({ description: 'Lesson type, topic or kind of exam.', example: 'Kørelektion' })
  title: string;

  @IntField({ description: 'Busy minutes before it.', example: 0, min: 0, max: 480 })
  setupMinutes: number;

  @IntField({ description: 'Busy minutes after it.', example: 0, min: 0, max: 480 })
  bufferMinutes: number;

  @NestedField(() => PartyDto, { description: 'The student; null when it is a class.', nullable: true })
  student: PartyDto | null;

  @NestedField(() => PartyDto, { description: 'The teacher; null when it has none.', nullable: true })
  teacher: PartyDto | null;

  @NestedField(() => PartyDto, { description: 'The vehicle; null when it has none.', nullable: true })
  vehicle: PartyDto | null;

  @NestedField(() => PartyDto, { description: 'The trailer; null when it has none.', nullable: true })
  trailer: PartyDto | null;

  @NestedField(() => PartyDto, { description: 'Room, track or skid pad; null when it has none.', nullable: true })
  facility: PartyDto | null;

  @NestedField(() => PartyDto, { description: 'Branch or meeting point; null when none is named.', nullable: true })
  location: PartyDto | null;

  @EnumListField(conflictKinds, {
    description:
      'What is wrong with it by now: its teacher does not work then, has time off, the school is closed, or its teacher cannot get there from the entry before in time.',
    example: [],
  })
  conflicts: ConflictKind[];
}

export class DiaryDto extends UseDto {
  @EnumField(viewKinds, { description: 'How long a time.', example: 'week', name: 'DiaryViewKind' })
  view: ViewKind;

  @TextField({ description: 'The zone whose dates these are.', example: 'Europe/Copenhagen' })
  zone: string;

  @LocalDateField({ description: 'The first date.', example: '2026-11-30' })
  from: string;

  @LocalDateField({ description: 'The date after the last one.', example: '2026-12-07' })
  until: string;

  @ListField(() => DiaryColumnDto, { description: 'Teachers or vehicles by name.', maxItems: 1_000 })
  columns: DiaryColumnDto[];

  @ListField(() => DiaryEntryDto, {
    description: 'What stands in it, by time. A month of the whole school names none: ask for a teacher or a vehicle.',
    maxItems: 100_000,
  })
  entries: DiaryEntryDto[];
}
