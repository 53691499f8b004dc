import { IsIn, IsInt, Max, Min } from 'class-validator';
import { ConfigSection, Env } from '../../platform/config/config.section.js';

@ConfigSection('Signing in')
export class SignInConfig {
  @Env('AUTH_ATTEMPTS_PERCENT', {
    description:
      'how many wrong passwords and codes are let through before one must wait: 200 doubles it; 0: any number',
    default: 100,
  })
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  readonly attemptsPercent: number;

  @Env('AUTH_ADMIN_SECOND_FACTOR', {
    description: 'required: platform administrators are administrators only with a second factor; optional',
    default: 'required',
    localDefault: 'optional',
  })
  @IsIn(['required', 'optional'])
  readonly adminSecondFactor: 'required' | 'optional';
}
