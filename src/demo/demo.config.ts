import { IsString, MinLength } from 'class-validator';
import { ConfigSection, Env } from '../platform/config/config.section.js';

@ConfigSection('The demo school')
export class DemoConfig {
  @Env('DEMO_PASSWORD', {
    description: 'the password of all demo logins; there is no demo in production',
    default: 'demo-password-2026',
  })
  @IsString()
  @MinLength(12)
  readonly password: string;
}
