import { EmailField, SecretField, TextField } from '../../../platform/http/fields.js';

export class OpsLoginDto {
  @EmailField({ description: 'The address of a platform administrator.', example: 'admin@justdriving.example' })
  email: string;

  @SecretField({ description: 'The password.', example: 'demo-password-2026', max: 200 })
  password: string;

  @TextField({ description: 'Where to go afterwards.', example: '/ops/queues', optional: true })
  next?: string;
}

export class OpsLoginQuery {
  @TextField({ description: 'Where to go afterwards.', example: '/ops/queues', optional: true })
  next?: string;
}
