import { ApiProperty } from '@nestjs/swagger';
import { type Acting, actingKinds } from '../../../platform/audit/acting.js';
import type { AuditDetails } from '../../../platform/audit/audit.entities.js';
import { type Role, roles } from '../../../platform/auth/actor.js';
import { EnumField, IdField, InstantField, NestedField, TextField } from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/list-query.js';
import type { Id } from '../../../platform/values/id.js';
import { auditList } from '../queries/audit-log.js';

export class AuditLogQuery extends ListQuery(auditList) {
  @TextField({
    description: 'Only this action, `refund.requested`, or all that was done to a kind of thing, `refund`.',
    example: 'refund.requested',
    max: 80,
    optional: true,
  })
  action?: string;

  @IdField({ description: 'Only what this user or API key did.', optional: true })
  actorId?: Id;

  @IdField({ description: 'Only what was done to this student, invoice, payment, booking …', optional: true })
  subjectId?: Id;

  @InstantField({
    description: 'Only what was done then or later.',
    example: '2026-12-01T00:00:00+01:00',
    optional: true,
  })
  from?: Date;

  @InstantField({ description: 'Only what was done before.', example: '2027-01-01T00:00:00+01:00', optional: true })
  until?: Date;
}

export class AuditActorDto {
  @EnumField(actingKinds, {
    description:
      'user: somebody signed in, or on the way to it; api_key: a program of the school or a partner; operator: at the server’s command line; ' +
      'system: a job or schedule; provider: it happened at a provider, who told us.',
    example: 'user',
    name: 'AuditActorKind',
  })
  kind: Acting['kind'];

  @IdField({ description: 'Id of the user or API key.', nullable: true })
  id: Id | null;

  @TextField({
    description: 'Name of the user, API key, job, schedule or provider.',
    example: 'Mette Holm',
    nullable: true,
  })
  name: string | null;

  @EnumField(roles, { description: 'The role it was done in.', example: 'owner', nullable: true })
  role: Role | null;
}

export class AuditEntryDto {
  @IdField({ description: 'Id of the entry.' })
  id: Id;

  @InstantField({ description: 'When it was done.', example: '2026-12-01T08:00:00.000Z' })
  at: Date;

  @NestedField(() => AuditActorDto, { description: 'Who did it.' })
  actor: AuditActorDto;

  @TextField({ description: 'What was done.', example: 'refund.requested', max: 80 })
  action: string;

  @IdField({ description: 'To what it was done.', nullable: true })
  subjectId: Id | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'What else belongs to it: ids, names of changed fields, amounts. Never a person’s own data.',
    example: { paymentId: '019aa1b2-7c00-7000-8000-000000000002', amount: 65000, currency: 'DKK' },
  })
  details: AuditDetails | null;

  @TextField({
    description: 'The `X-Request-Id` of the request it was done in, as it stands in the server’s log.',
    example: '019aa1b2-7c00-7000-8000-000000000003',
    nullable: true,
  })
  requestId: string | null;
}
