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
import { ListQuery } from '../../../../platform/http/list-query.js';
import type { Id } from '../../../../platform/values/id.js';
import { PartyDto } from '../../http/booking.dto.js';
import { attendanceStates, type AttendanceState } from '../domain/class-attendance.js';
import { classSessionStates, type ClassSessionState } from '../domain/class-session.js';
import { attendanceList } from '../queries/attendance-reader.js';
import { classList } from '../queries/class-session-reader.js';

export class ClassListQuery extends ListQuery(classList) {
  @LocalDateField({ description: 'First date; today when left out.', example: '2026-12-01', optional: true })
  from?: string;

  @LocalDateField({
    description: 'The date after the last one; 28 days after the first when left out, 366 at most.',
    example: '2026-12-29',
    optional: true,
  })
  until?: string;

  @IdField({ description: 'Of this course alone; without dates, all of them.', optional: true })
  courseId?: Id;

  @IdField({ description: 'Of this teacher alone.', optional: true })
  teacherId?: Id;

  @EnumField(classSessionStates, {
    description: 'In this state alone.',
    example: 'planned',
    name: 'ClassState',
    optional: true,
  })
  state?: ClassSessionState;
}

export class ClassDto {
  @IdField({ description: 'Id of the class.' })
  id: Id;

  @NestedField(() => PartyDto, { description: 'The course.' })
  course: PartyDto;

  @IntField({ description: 'From 1 on, in the order of the plan.', example: 1, min: 1, max: 60 })
  number: number;

  @TextField({ description: 'What is taught.', example: 'Færdselslære 1' })
  topic: string;

  @InstantField({ description: 'When it starts.', example: '2026-12-01T17:00:00.000Z' })
  startsAt: Date;

  @InstantField({ description: 'When it ends.', example: '2026-12-01T18:30:00.000Z' })
  endsAt: Date;

  @NestedField(() => PartyDto, { description: 'Who teaches it.' })
  teacher: PartyDto;

  @NestedField(() => PartyDto, { description: 'The room; null when it needs none.', nullable: true })
  room: PartyDto | null;

  @EnumField(classSessionStates, { description: 'Where it stands.', example: 'planned', name: 'ClassState' })
  state: ClassSessionState;

  @TextField({ description: 'Why it was cancelled.', example: null, nullable: true })
  cancelReason: string | null;

  @IntField({ description: 'Seats for guests who catch up.', example: 3, min: 0, max: 200 })
  freeSeats: number;
}

export class MoveClassDto {
  @InstantField({ description: 'When it is to start, on a quarter hour.', example: '2026-12-02T17:00:00.000Z' })
  startsAt: Date;

  @IdField({ description: 'Who is to teach it; the same teacher when left out.', optional: true })
  teacherId?: Id;

  @IdField({ description: 'The room; the same when left out, none when null.', optional: true, nullable: true })
  roomId?: Id | null;

  @BoolField({
    description: 'Students who have something else then are excused, instead of the move being refused.',
    example: true,
    optional: true,
  })
  excuseBusy?: boolean;
}

export class CancelClassDto {
  @TextField({ description: 'Why; shown to the students.', example: 'Læreren er syg', max: 500, optional: true })
  reason?: string;
}

export class ReportedAttendanceDto {
  @IdField({ description: 'Id of the attendance, as listed for the class.' })
  attendanceId: Id;

  @EnumField(attendanceStates, {
    description: '`present` and `absent` once the class has begun; `excused` and `expected` before it too.',
    example: 'present',
    name: 'AttendanceState',
  })
  state: AttendanceState;
}

export class ReportAttendanceDto {
  @ListField(() => ReportedAttendanceDto, {
    description: 'All of them are written down, or none.',
    example: [{ attendanceId: '019aa1b2-7c00-7000-8000-000000000001', state: 'present' }],
    minItems: 1,
  })
  attendances: ReportedAttendanceDto[];
}

export class AttendanceListQuery extends ListQuery(attendanceList) {
  @IdField({ description: 'Of this class alone.', optional: true })
  classId?: Id;

  @IdField({
    description: 'This student’s alone. Students see their own in any case, guardians their wards’.',
    optional: true,
  })
  studentId?: Id;

  @EnumField(attendanceStates, {
    description: 'In this state alone.',
    example: 'expected',
    name: 'AttendanceState',
    optional: true,
  })
  state?: AttendanceState;
}

export class AttendanceDto {
  @IdField({ description: 'Id of the attendance.' })
  id: Id;

  @IdField({ description: 'The class.' })
  classId: Id;

  @NestedField(() => PartyDto, { description: 'The course.' })
  course: PartyDto;

  @IntField({ description: 'The class within its course.', example: 1, min: 1, max: 60 })
  number: number;

  @TextField({ description: 'What is taught.', example: 'Færdselslære 1' })
  topic: string;

  @InstantField({ description: 'When it starts.', example: '2026-12-01T17:00:00.000Z' })
  startsAt: Date;

  @InstantField({ description: 'When it ends.', example: '2026-12-01T18:30:00.000Z' })
  endsAt: Date;

  @NestedField(() => PartyDto, { description: 'The student.' })
  student: PartyDto;

  @EnumField(attendanceStates, {
    description: '`excused`: does not come, and his time and seat are free.',
    example: 'expected',
    name: 'AttendanceState',
  })
  state: AttendanceState;

  @BoolField({ description: 'Whether he is a guest of another course.', example: false })
  guest: boolean;

  @IdField({ description: 'The attendance that a guest catches up; null for others.', nullable: true })
  catchesUpId: Id | null;
}

export class SitInDto {
  @IdField({ description: 'The class to sit in on.' })
  classId: Id;
}
