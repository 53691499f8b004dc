import { IsBoolean, IsInt, Max, Min } from 'class-validator';
import { ConfigSection, Env } from '../../platform/config/config.section.js';

@ConfigSection('Notifications')
export class NotificationsConfig {
  @Env('SMS_ENABLED', {
    description: 'false: text messages are recorded as dropped and e-mail alone goes out',
    default: true,
  })
  @IsBoolean()
  readonly smsEnabled: boolean;

  @Env('SMS_FROM_SCHOOL', {
    description:
      'true: text messages show the school’s name as their sender, which nobody can answer, not even with STOP; false: they come from SMS_FROM_NUMBER',
    default: false,
  })
  @IsBoolean()
  readonly smsFromSchool: boolean;

  @Env('MESSAGES_AT_ONCE', {
    description: 'messages of a channel that one process prepares and hands to its provider at a time',
    default: 20,
  })
  @IsInt()
  @Min(1)
  @Max(1_000)
  readonly atOnce: number;
}
