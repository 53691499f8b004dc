import { IsBoolean } from 'class-validator';
import { ConfigSection, Env } from '../../platform/config/config.section.js';

@ConfigSection('Notifications')
export class NotificationsConfig {
  @Env('SMS_ENABLED', {
    description: 'false: text messages are recorded as dropped and e-mail alone goes out',
    default: true,
  })
  @IsBoolean()
  readonly smsEnabled: boolean;
}
