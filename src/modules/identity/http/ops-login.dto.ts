import { Transform } from 'class-transformer';
import { EmailField, SecretField, TextField } from '../../../platform/http/fields.js';
import { code } from './second-factor.dto.js';

export class OpsLoginDto {
  @EmailField({ description: 'The address of a platform administrator.', example: 'admin@justdriving.example' })
  email: string;

  @SecretField({ description: 'The password.', example: 'demo-password-2026', max: 200 })
  password: string;

  // A form sends the field that was left empty, too.
  @Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value))
  @SecretField({ ...code, optional: true })
  code?: string;

  @TextField({ description: 'Where to go afterwards.', example: '/ops/queues', optional: true })
  next?: string;
}

export class OpsLoginQuery {
  @TextField({ description: 'Where to go afterwards.', example: '/ops/queues', optional: true })
  next?: string;
}
