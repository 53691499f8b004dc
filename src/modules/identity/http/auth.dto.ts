import {
  BoolField,
  EmailField,
  EnumField,
  IdField,
  IntField,
  ListField,
  NestedField,
  SecretField,
  TextField,
} from '../../../platform/http/fields.js';
import { schoolRoles, type SchoolRole } from '../domain/membership.js';
import { shortestPassword } from '../domain/password-hash.js';
import { locales, type Locale } from '../domain/user.js';

export const newPassword = {
  description: 'The new password; at least 12 characters, and not easy to guess.',
  example: 'correct horse battery staple',
  min: shortestPassword,
  max: 200,
};

export class LoginDto {
  @EmailField({ description: 'The address of the account.', example: 'owner@nordhavn.example' })
  email: string;

  @SecretField({ description: 'The password.', example: 'demo-password-2026', max: 200 })
  password: string;

  @SecretField({
    description: 'For an account with a second factor: what the authenticator app shows, or a recovery code.',
    example: '492039',
    max: 40,
    optional: true,
  })
  code?: string;
}

export class RefreshDto {
  @SecretField({ description: 'The refresh token of the last answer. It works once.', example: 'mJx0y9V1h2m3c4b5a6Z7' })
  refreshToken: string;
}

export class AcceptInvitationDto {
  @SecretField({ description: 'The token out of the invitation’s link.', example: 'mJx0y9V1h2m3c4b5a6Z7' })
  token: string;

  @SecretField(newPassword)
  password: string;
}

export class RequestPasswordResetDto {
  @EmailField({ description: 'The address of the account.', example: 'owner@nordhavn.example' })
  email: string;
}

export class CompletePasswordResetDto {
  @SecretField({ description: 'The token out of the reset link.', example: 'mJx0y9V1h2m3c4b5a6Z7' })
  token: string;

  @SecretField(newPassword)
  password: string;
}

export class UserDto {
  @IdField({ description: 'Id of the person.' })
  id: string;

  @EmailField({ description: 'The address, also the login.', example: 'owner@nordhavn.example' })
  email: string;

  @TextField({ description: 'Full name.', example: 'Mette Holm' })
  name: string;

  @TextField({ description: 'Phone number in E.164 form.', example: '+4520123456', nullable: true })
  phone: string | null;

  @EnumField(locales, { description: 'Language of messages.', example: 'da' })
  locale: Locale;

  @TextField({
    description: 'IANA time zone whose nights are the person’s; null: the school’s.',
    example: 'Europe/Copenhagen',
    max: 60,
    nullable: true,
  })
  zone: string | null;

  @BoolField({ description: 'May run the platform.', example: false })
  isPlatformAdmin: boolean;
}

export class MembershipDto {
  @IdField({ description: 'Id of the school.' })
  schoolId: string;

  @EnumField(schoolRoles, { description: 'The role there; a person may have several.', example: 'owner' })
  role: SchoolRole;
}

export class AccountDto {
  @NestedField(() => UserDto, { description: 'The person.' })
  user: UserDto;

  @ListField(() => MembershipDto, { description: 'What the person is in which school.' })
  memberships: MembershipDto[];
}

export class SessionDto extends AccountDto {
  @SecretField({
    description: 'Send it as `Authorization: Bearer …`.',
    example: 'eyJhbGciOiJIUzI1NiJ9.eyJzaWQiOiIwMTlhYTFiMiJ9.c2lnbmF0dXJl',
  })
  accessToken: string;

  @SecretField({ description: 'Changes for the next pair of tokens, once.', example: 'mJx0y9V1h2m3c4b5a6Z7' })
  refreshToken: string;

  @IntField({ description: 'Seconds the access token lives.', example: 900, min: 1, max: 3600 })
  expiresIn: number;
}
