import { EnumField, IdField, InstantField, TextField } from '../../../../platform/http/fields.js';
import { type Language, languages } from '../../../../platform/http/language.js';
import { ListQuery } from '../../../../platform/http/list-query.js';
import type { Id } from '../../../../platform/values/id.js';
import { type FeedKind, feedKinds, type StudentNames, studentNames } from '../domain/calendar-feed.js';
import { feedList } from '../queries/feed-list.js';

export class OpenCalendarFeedDto {
  @EnumField(feedKinds, {
    description: 'Whose lessons: a teacher’s, a student’s, those in a vehicle, or the whole school’s.',
    example: 'teacher',
    name: 'CalendarFeedKind',
  })
  kind: FeedKind;

  @IdField({ description: 'Whose, for `teacher`; teachers leave it out for themselves.', optional: true })
  teacherId?: Id;

  @IdField({
    description: 'Whose, for `student`; students leave it out, and guardians of one student may.',
    optional: true,
  })
  studentId?: Id;

  @IdField({ description: 'Which, for `vehicle`.', optional: true })
  vehicleId?: Id;

  @EnumField(studentNames, {
    description:
      'How students are named. `full` is for teachers’ feeds of their own lessons; what a feed shows lies with whoever runs the calendar.',
    example: 'initials',
    name: 'StudentNames',
    default: 'initials',
    optional: true,
  })
  names?: StudentNames;

  @EnumField(languages, {
    description: 'In which language; the school’s when left out.',
    example: 'da',
    name: 'CalendarFeedLanguage',
    optional: true,
  })
  language?: Language;
}

export class CalendarFeedListQuery extends ListQuery(feedList) {
  @EnumField(feedKinds, {
    description: 'Of this kind alone.',
    example: 'school',
    name: 'CalendarFeedKind',
    optional: true,
  })
  kind?: FeedKind;
}

export class CalendarFeedDto {
  @IdField({ description: 'Id of the feed.' })
  id: Id;

  @EnumField(feedKinds, { description: 'Whose lessons it shows.', example: 'teacher', name: 'CalendarFeedKind' })
  kind: FeedKind;

  @IdField({ description: 'The teacher, for `teacher`.', nullable: true })
  teacherId: Id | null;

  @IdField({ description: 'The student, for `student`.', nullable: true })
  studentId: Id | null;

  @IdField({ description: 'The vehicle, for `vehicle`.', nullable: true })
  vehicleId: Id | null;

  @EnumField(studentNames, { description: 'How it names students.', example: 'initials', name: 'StudentNames' })
  names: StudentNames;

  @EnumField(languages, { description: 'Its language.', example: 'da', name: 'CalendarFeedLanguage' })
  language: Language;

  @IdField({ description: 'Id of the person whose feed it is. It shows no more than he may see.' })
  userId: Id;

  @InstantField({ description: 'When it was made.', example: '2026-12-01T09:00:00.000Z' })
  createdAt: Date;

  @InstantField({ description: 'When it got its present address.', example: null, nullable: true })
  rotatedAt: Date | null;

  @InstantField({
    description: 'When a calendar last read it, to the hour; null when none has.',
    example: '2026-12-02T10:15:00.000Z',
    nullable: true,
  })
  lastReadAt: Date | null;
}

export class OpenedCalendarFeedDto extends CalendarFeedDto {
  @TextField({
    description: 'What to give to the calendar program. Whoever has it reads the calendar. It is shown this once.',
    example: 'https://booking.example.dk/calendars/mJx0y9V1h2m3c4b5a6Z7mJx0y9V1h2m3c4b5a6Z7abc.ics',
    max: 400,
  })
  url: string;
}
