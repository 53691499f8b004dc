import {
  EnumField,
  IdField,
  InstantField,
  ListField,
  LocalDateField,
  NestedField,
  TextField,
} from '../../../platform/http/fields.js';
import type { Id } from '../../../platform/values/id.js';
import { type DataExportState, dataExportStates } from '../domain/privacy/data-export.js';
import { type ErasureReason, erasureReasons, type PartState } from '../domain/privacy/student-erasure.js';

export class DataExportDto {
  @IdField({ description: 'Id of the export.' })
  id: Id;

  @EnumField(dataExportStates, { description: 'Its file is there once it is ready.', example: 'ready' })
  state: DataExportState;

  @InstantField({ description: 'When it was asked for.', example: '2026-11-21T09:00:00.000Z' })
  requestedAt: Date;

  @InstantField({ description: 'When it is deleted.', example: '2026-11-28T09:00:00.000Z' })
  expiresAt: Date;
}

export class EraseStudentDto {
  @EnumField(erasureReasons, { description: 'Why. Goes into the audit log.', example: 'student_asked' })
  reason: ErasureReason;
}

export class ErasurePartDto {
  @TextField({ description: 'Which part of what the school keeps.', example: 'lessons' })
  part: string;

  @EnumField(['open', 'kept', 'done'] as const, {
    description: 'open: not seen to yet; kept: the law keeps some of it; done: nothing is left.',
    example: 'kept',
  })
  state: PartState;

  @LocalDateField({ description: 'When the law lets (the next of) it go.', example: '2028-11-21', nullable: true })
  keptUntil: string | null;
}

export class KeptIdentityDto {
  @TextField({ description: 'Full name.', example: 'Freja Lund' })
  name: string;

  @LocalDateField({ description: 'Date of birth.', example: '2009-03-14', nullable: true })
  birthDate: string | null;
}

export class ErasureDto {
  @IdField({ description: 'Id of the student.' })
  studentId: Id;

  @EnumField(erasureReasons, { description: 'Why.', example: 'student_asked' })
  reason: ErasureReason;

  @InstantField({ description: 'When it was asked for.', example: '2026-11-21T09:00:00.000Z' })
  requestedAt: Date;

  @InstantField({
    description: 'When the student’s name left every list; null while it is at work.',
    example: '2026-11-21T09:00:02.000Z',
    nullable: true,
  })
  erasedAt: Date | null;

  @ListField(() => ErasurePartDto, { description: 'What became of each part.' })
  parts: ErasurePartDto[];

  @NestedField(() => KeptIdentityDto, {
    description:
      'Whose the lessons were, for as long as the lesson log must be shown. Kept sealed; reading it is written down.',
    nullable: true,
  })
  identity: KeptIdentityDto | null;
}
