import {
  BoolField,
  EnumField,
  IdField,
  InstantField,
  IntField,
  ListField,
  NestedField,
  TextField,
} from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/list-query.js';
import type { Id } from '../../../platform/values/id.js';
import { theoryLinkStates, type TheoryLinkState } from '../domain/theory-link.js';
import { theoryList } from '../queries/theory-list.js';

const count = { min: 0, max: 1_000_000 } as const;
const percent = { min: 0, max: 100 } as const;

const standing = ['waiting', 'linked', 'failed'] as const;

const states =
  '`waiting`: the platform is asked until it answers. `linked`: he may learn there. `failed`: it will not have him, see ' +
  '`problem`; ask again when that is mended. `ending` and `ended`: he has no place there any more.';

export class TheorySettingsDto {
  @BoolField({ description: 'Whether students may be linked, and their progress is followed.', example: true })
  enabled: boolean;

  @BoolField({ description: 'Whether whoever enrols is linked at once.', example: true })
  linkOnEnrolment: boolean;

  @TextField({
    description: 'The school’s account number at the theory platform; needed to turn it on.',
    example: 'ks-1042',
    max: 64,
    nullable: true,
  })
  accountNumber: string | null;
}

export class TheoryProgressDto {
  @IntField({ description: 'How many lessons he has read.', example: 24, ...count })
  lessonsRead: number;

  @IntField({ description: 'Of how many.', example: 32, ...count })
  lessonsTotal: number;

  @IntField({ description: 'The same in percent; 100 once he is through.', example: 75, ...percent })
  percent: number;

  @InstantField({
    description: 'When he was through, by the platform’s clock; null: he is not.',
    example: '2026-11-20T18:40:00.000Z',
    nullable: true,
  })
  completedAt: Date | null;

  @InstantField({
    description: 'When this was so, by the platform’s clock; null: it has not told anything yet.',
    example: '2026-11-20T18:40:00.000Z',
    nullable: true,
  })
  asOf: Date | null;

  @IntField({ description: 'How many tests he has taken.', example: 6, ...count })
  testsTaken: number;

  @IntField({ description: 'How many of them he has passed.', example: 4, ...count })
  testsPassed: number;

  @IntField({
    description: 'His best test, in percent of all points; null: none.',
    example: 96,
    ...percent,
    nullable: true,
  })
  bestPercent: number | null;

  @IntField({
    description: 'His last test, in percent of all points; null: none.',
    example: 88,
    ...percent,
    nullable: true,
  })
  lastPercent: number | null;

  @InstantField({ description: 'When that was.', example: '2026-11-20T18:20:00.000Z', nullable: true })
  lastTestAt: Date | null;
}

export class TheoryTestDto {
  @TextField({ description: 'Which test, as in the catalogue.', example: 'proeve-3' })
  testRef: string;

  @InstantField({ description: 'When it was taken.', example: '2026-11-20T18:20:00.000Z' })
  takenAt: Date;

  @IntField({ description: 'Points.', example: 22, ...count })
  score: number;

  @IntField({ description: 'Of how many.', example: 25, ...count })
  maxScore: number;

  @BoolField({ description: 'Whether that was enough.', example: true })
  passed: boolean;
}

export class TheoryDto {
  @IdField({ description: 'The student.' })
  studentId: Id;

  @EnumField([...theoryLinkStates, 'none'], {
    description: `How he stands with the theory platform. \`none\`: he was never linked. ${states}`,
    example: 'linked',
  })
  state: TheoryLinkState | 'none';

  @TextField({
    description: 'Why the last attempt came to nothing; for staff alone.',
    example: 'email_refused',
    nullable: true,
  })
  problem: string | null;

  @TextField({
    description: 'Where he makes his login at the platform; null once he has, and for programs.',
    example: 'https://e-teori.dk/activate/4f1c',
    max: 2000,
    nullable: true,
  })
  activationUrl: string | null;

  @InstantField({ description: 'When the link was wished for.', example: '2026-11-01T09:00:00.000Z', nullable: true })
  requestedAt: Date | null;

  @InstantField({ description: 'When the platform had him.', example: '2026-11-01T09:00:02.000Z', nullable: true })
  linkedAt: Date | null;

  @NestedField(() => TheoryProgressDto, {
    description: 'How far he is; null while he was never linked.',
    nullable: true,
  })
  progress: TheoryProgressDto | null;

  @ListField(() => TheoryTestDto, { description: 'His last tests, newest first; 50 at most.' })
  tests: TheoryTestDto[];
}

export class TheoryListQuery extends ListQuery(theoryList) {
  @EnumField(standing, { description: 'Those in that state alone.', example: 'linked', optional: true })
  state?: (typeof standing)[number];

  @BoolField({ description: 'Those who are through, or those who are not.', example: false, optional: true })
  completed?: boolean;
}

export class TheoryListItemDto extends TheoryProgressDto {
  @IdField({ description: 'Id of the link.' })
  id: Id;

  @IdField({ description: 'The student.' })
  studentId: Id;

  @TextField({ description: 'His name.', example: 'Freja Lund' })
  studentName: string;

  @EnumField(theoryLinkStates, { description: states, example: 'linked' })
  state: TheoryLinkState;

  @InstantField({ description: 'When the link was wished for.', example: '2026-11-01T09:00:00.000Z' })
  requestedAt: Date;
}

export class TheoryLessonDto {
  @TextField({ description: 'The platform’s name for it.', example: 'lektion-7' })
  lessonRef: string;

  @TextField({ description: 'What it is called.', example: 'Vigepligt' })
  title: string;
}

export class TheoryCatalogueTestDto {
  @TextField({ description: 'The platform’s name for it.', example: 'proeve-3' })
  testRef: string;

  @TextField({ description: 'What it is called.', example: 'Teoriprøve 3' })
  title: string;

  @IntField({ description: 'The most points one can have.', example: 25, ...count })
  maxScore: number;

  @IntField({ description: 'How many are enough.', example: 20, ...count })
  passScore: number;
}

export class TheoryCatalogueDto {
  @ListField(() => TheoryLessonDto, { description: 'What there is to read, in its order.' })
  lessons: TheoryLessonDto[];

  @ListField(() => TheoryCatalogueTestDto, { description: 'What there is to be tested in.' })
  tests: TheoryCatalogueTestDto[];

  @InstantField({
    description: 'When this was read from the platform; null: never.',
    example: '2026-11-20T04:00:00.000Z',
    nullable: true,
  })
  readAt: Date | null;
}
