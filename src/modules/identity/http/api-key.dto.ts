import {
  EnumListField,
  IdField,
  InstantField,
  IntField,
  SecretField,
  TextField,
} from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/list-query.js';
import type { Id } from '../../../platform/values/id.js';
import { type ApiKeyScope, apiKeyScopes } from '../domain/permissions.js';
import { apiKeyList } from '../queries/api-key-reader.js';

const scopes = {
  description: 'What the key may do: names of permissions.',
  example: ['availability.read', 'booking.read'] as const,
  minItems: 1,
};

export class CreateApiKeyDto {
  @TextField({ description: 'What the key is for.', example: 'Website calendar', max: 120 })
  name: string;

  @EnumListField(apiKeyScopes, scopes)
  scopes: ApiKeyScope[];

  @InstantField({
    description: 'When the key stops working; left out, it works until it is revoked.',
    example: '2027-12-31T23:00:00Z',
    optional: true,
    nullable: true,
  })
  expiresAt?: Date | null;
}

export class RotateKeyDto {
  @IntField({
    description: 'For how many hours the secret of before works beside the new one; 0: not any more.',
    example: 24,
    min: 0,
    max: 720,
  })
  graceHours: number;
}

export class ApiKeyListQuery extends ListQuery(apiKeyList) {}

export class ApiKeyDto {
  @IdField({ description: 'Id of the key.' })
  id: Id;

  @TextField({ description: 'What the key is for.', example: 'Website calendar' })
  name: string;

  @TextField({ description: 'How the secret begins, to recognise it by.', example: 'jd_mJx0y9V1' })
  prefix: string;

  @EnumListField(apiKeyScopes, scopes)
  scopes: ApiKeyScope[];

  @IdField({ description: 'Id of the person who made it.' })
  createdBy: Id;

  @InstantField({ description: 'When it was made.', example: '2026-12-01T09:00:00Z' })
  createdAt: Date;

  @InstantField({ description: 'When it stops working.', example: '2027-12-31T23:00:00Z', nullable: true })
  expiresAt: Date | null;

  @InstantField({
    description: 'When it was last used, to the minute.',
    example: '2026-12-02T10:15:00Z',
    nullable: true,
  })
  lastUsedAt: Date | null;

  @InstantField({ description: 'When it was revoked.', example: null, nullable: true })
  revokedAt: Date | null;

  @InstantField({
    description: 'Until when the secret works too that it had before its last rotation.',
    example: null,
    nullable: true,
  })
  previousUntil: Date | null;
}

export class CreatedApiKeyDto extends ApiKeyDto {
  @SecretField({
    description: 'The key itself, to send as `Authorization: Bearer jd_…`. Keep it safe: it is shown this once.',
    example: 'jd_mJx0y9V1h2m3c4b5a6Z7mJx0y9V1h2m3c4b5a6Z7abc',
  })
  secret: string;
}
