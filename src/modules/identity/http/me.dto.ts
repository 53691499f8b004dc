import {
  BoolField,
  EnumField,
  IdField,
  InstantField,
  PhoneField,
  SecretField,
  TextField,
  ZoneField,
} from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/list-query.js';
import type { Id } from '../../../platform/values/id.js';
import { type Locale, locales } from '../domain/user.js';
import { sessionList } from '../queries/session-reader.js';
import { newPassword } from './auth.dto.js';

export class UpdateAccountDto {
  @TextField({ description: 'Full name.', example: 'Mette Holm', optional: true })
  name?: string;

  @PhoneField({ description: 'Mobile number.', example: '+4520123456', optional: true, nullable: true })
  phone?: string | null;

  @EnumField(locales, { description: 'Language of messages.', example: 'da', optional: true })
  locale?: Locale;

  @ZoneField({
    description: 'IANA time zone whose nights are mine; null: the school’s.',
    example: 'Europe/Copenhagen',
    optional: true,
    nullable: true,
  })
  zone?: string | null;
}

export class ChangePasswordDto {
  @SecretField({ description: 'The password of until now.', example: 'demo-password-2026', max: 200 })
  password: string;

  @SecretField(newPassword)
  newPassword: string;
}

export class SessionListQuery extends ListQuery(sessionList) {}

export class SessionOfMineDto {
  @IdField({ description: 'Id of the session.' })
  id: Id;

  @TextField({ description: 'The address it was opened from.', example: '203.0.113.7', nullable: true })
  address: string | null;

  @TextField({
    description: 'The program it was opened with, as that calls itself.',
    example: 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)',
    max: 300,
    nullable: true,
  })
  userAgent: string | null;

  @InstantField({ description: 'When it was opened.', example: '2026-12-01T09:00:00Z' })
  createdAt: Date;

  @InstantField({
    description: 'When it was last used, to the minute.',
    example: '2026-12-02T10:15:00Z',
    nullable: true,
  })
  lastUsedAt: Date | null;

  @BoolField({ description: 'The one that asks.', example: true })
  isCurrent: boolean;
}
