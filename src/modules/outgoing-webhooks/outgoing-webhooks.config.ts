import { IsInt, Max, Min } from 'class-validator';
import { ConfigSection, Env } from '../../platform/config/config.section.js';

@ConfigSection('Schools’ webhooks')
export class OutgoingWebhooksConfig {
  @Env('WEBHOOK_LOG_DAYS', {
    description: 'for how many days it is kept what was sent to schools’ webhook endpoints, and can be replayed',
    default: 30,
  })
  @IsInt()
  @Min(7)
  @Max(365)
  readonly logDays: number;
}
