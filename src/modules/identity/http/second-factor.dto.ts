import { EnumField, InstantField, IntField, SecretField, TextListField } from '../../../platform/http/fields.js';
import { type SecondFactorView, secondFactorStates } from '../queries/second-factor-reader.js';

const password = { description: 'The password, once more.', example: 'demo-password-2026', max: 200 };
export const code = {
  description: 'What the authenticator app shows, or a recovery code.',
  example: '492039',
  max: 40,
};

export class EnrolSecondFactorDto {
  @SecretField(password)
  password: string;
}

export class ConfirmSecondFactorDto {
  @SecretField({ ...code, description: 'What the authenticator app shows.' })
  code: string;
}

export class ProvenDto {
  @SecretField(password)
  password: string;

  @SecretField(code)
  code: string;
}

export class OfferedSecondFactorDto {
  @SecretField({ description: 'For an app that cannot scan.', example: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' })
  secret: string;

  @SecretField({
    description: 'What the app reads.',
    example: 'otpauth://totp/Just%20Driving:owner%40nordhavn.example?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  })
  uri: string;

  @SecretField({ description: 'The same as a picture to scan, SVG.', example: '<svg xmlns="…">…</svg>', max: 20_000 })
  qrSvg: string;
}

export class RecoveryCodesDto {
  @TextListField({
    description: 'Ten codes, each good for one sign-in without the app. Shown this once: print them.',
    example: ['7KQM-2XRT-9BHD-W4CN-K8PV-3JFZ'],
  })
  recoveryCodes: string[];
}

export class SecondFactorDto {
  @EnumField(secondFactorStates, {
    description: 'none; offered: not confirmed yet, so it does not count; enabled.',
    example: 'enabled',
  })
  state: SecondFactorView['state'];

  @InstantField({ description: 'Since when it counts.', example: '2026-12-01T09:00:00Z', nullable: true })
  enabledAt: Date | null;

  @IntField({ description: 'Recovery codes that have not been used.', example: 10, min: 0, max: 10 })
  recoveryCodesLeft: number;
}
