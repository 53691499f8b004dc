import {
  EnumField,
  EnumListField,
  IdField,
  InstantField,
  SecretField,
  TextField,
} from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/list-query.js';
import type { Id } from '../../../platform/values/id.js';
import { type PartnerName, partnerNames } from '../domain/partner-key.js';
import { type PartnerScope, partnerScopes } from '../domain/permissions.js';
import { partnerKeyList } from '../queries/partner-key-reader.js';

const scopes = {
  description: 'What the key may do: names of permissions.',
  example: ['directory.read', 'leads.write'] as const,
  minItems: 1,
};

export class CreatePartnerKeyDto {
  @EnumField(partnerNames, { description: 'Whose key it is.', example: 'findkoreskole' })
  partner: PartnerName;

  @TextField({ description: 'What the key is for.', example: 'Production', max: 120 })
  name: string;

  @EnumListField(partnerScopes, scopes)
  scopes: PartnerScope[];

  @InstantField({
    description: 'When the key stops working; left out, it works until it is revoked.',
    example: '2027-12-31T23:00:00Z',
    optional: true,
    nullable: true,
  })
  expiresAt?: Date | null;
}

export class PartnerKeyListQuery extends ListQuery(partnerKeyList) {}

export class PartnerKeyDto {
  @IdField({ description: 'Id of the key.' })
  id: Id;

  @EnumField(partnerNames, { description: 'Whose key it is.', example: 'findkoreskole' })
  partner: PartnerName;

  @TextField({ description: 'What the key is for.', example: 'Production' })
  name: string;

  @TextField({ description: 'How the secret begins, to recognise it by.', example: 'jdp_mJx0y9V1' })
  prefix: string;

  @EnumListField(partnerScopes, scopes)
  scopes: PartnerScope[];

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

export class CreatedPartnerKeyDto extends PartnerKeyDto {
  @SecretField({
    description: 'The key itself, to send as `Authorization: Bearer jdp_…`. Keep it safe: it is shown this once.',
    example: 'jdp_mJx0y9V1h2m3c4b5a6Z7mJx0y9V1h2m3c4b5a6Z7abc',
  })
  secret: string;
}
