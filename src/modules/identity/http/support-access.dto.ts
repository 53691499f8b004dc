import { IdField, InstantField, IntField, TextField } from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/list-query.js';
import type { Id } from '../../../platform/values/id.js';
import { longestSupportMinutes } from '../domain/support-access.js';
import { supportAccessList } from '../queries/support-access-reader.js';

const reason = {
  description: 'Why. The school’s owner reads it.',
  example: 'Ticket 4711: a booking is missing',
  max: 500,
};

export class OpenSupportAccessDto {
  @TextField({ ...reason, min: 10 })
  reason: string;

  @IntField({ description: 'For how long.', example: 30, min: 1, max: longestSupportMinutes })
  minutes: number;
}

export class SupportAccessListQuery extends ListQuery(supportAccessList) {}

export class SupportAccessDto {
  @IdField({ description: 'Id of the access.' })
  id: Id;

  @IdField({ description: 'Id of the platform administrator.' })
  userId: Id;

  @TextField({ description: 'His name.', example: 'Sofie Krogh' })
  name: string;

  @TextField(reason)
  reason: string;

  @InstantField({ description: 'When it began.', example: '2026-12-01T08:00:00Z' })
  openedAt: Date;

  @InstantField({ description: 'When it ends by itself.', example: '2026-12-01T08:30:00Z' })
  expiresAt: Date;

  @InstantField({ description: 'When somebody ended it before.', example: null, nullable: true })
  closedAt: Date | null;
}
