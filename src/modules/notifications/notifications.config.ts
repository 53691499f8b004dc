import { IsBoolean, IsInt, Matches, Max, Min, ValidateIf } from 'class-validator';
import type { Cost } from './ports/delivery.js';
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
    description:
      'messages of a channel that one process prepares and hands to its provider at a time; as many times more where the provider takes many in a call',
    default: 20,
  })
  @IsInt()
  @Min(1)
  @Max(1_000)
  readonly atOnce: number;

  @Env('SMS_SEGMENT_COST', {
    description:
      'what a part of a text message costs, for the preview of announcements until the provider has told: amount and currency; empty: unknown',
    example: '0.24 DKK',
    default: '',
  })
  @ValidateIf(({ smsSegmentCostText }: NotificationsConfig) => smsSegmentCostText !== '')
  @Matches(/^\d{1,6}(\.\d{1,6})? [A-Z]{3}$/)
  readonly smsSegmentCostText: string;

  get smsSegmentCost(): Cost | null {
    const [amount, currency] = this.smsSegmentCostText.split(' ');
    return amount && currency ? { micros: Math.round(Number(amount) * 1_000_000), currency } : null;
  }
}
