import { IsInt, Max, Min } from 'class-validator';
import { ConfigSection, Env } from '../../../platform/config/config.section.js';

@ConfigSection('Leads')
export class LeadsConfig {
  @Env('LEADS_ESCALATE_AFTER_HOURS', {
    description:
      'after how many hours without anybody touching a lead the school’s owners are told, where the school says nothing else',
    default: 24,
  })
  @IsInt()
  @Min(1)
  @Max(720)
  readonly escalateAfterHours: number;

  @Env('LEADS_KEPT_MONTHS', {
    description: 'how many months what a lead says of a person is kept when he has not become a student',
    default: 12,
  })
  @IsInt()
  @Min(1)
  @Max(60)
  readonly keptMonths: number;
}
