import { IsIn, IsOptional, IsString, IsUrl, Matches, ValidateIf } from 'class-validator';
import { ConfigSection, Env } from '../../platform/config/config.section.js';
import { vendorsOwn } from '../../platform/config/safety.js';

const forTwilio = ({ provider }: TwilioConfig) => provider === 'twilio';

@ConfigSection('SMS')
export class TwilioConfig {
  @Env('SMS_PROVIDER', {
    description: 'twilio, or log: text messages are counted in the log and sent to nobody',
    default: 'twilio',
    unsafe: (value, { environment, env }) =>
      environment === 'production' && value === 'log' && env['SMS_ENABLED'] !== 'false'
        ? 'sends to nobody: to send no text messages, set SMS_ENABLED=false as well'
        : undefined,
  })
  @IsIn(['twilio', 'log'])
  readonly provider: 'twilio' | 'log';

  @Env('SMS_FROM_NUMBER', {
    description: 'the number text messages come from, with country code',
    example: '+4578771234',
    localDefault: '+4578771234',
  })
  @ValidateIf(forTwilio)
  @Matches(/^\+[1-9]\d{6,14}$/, { message: 'must be a phone number such as +4578771234' })
  readonly fromNumber: string;

  @Env('TWILIO_ACCOUNT_SID', {
    description: 'the account at Twilio',
    example: 'AC…',
    localDefault: 'AC00000000000000000000000000000000',
  })
  @ValidateIf(forTwilio)
  @Matches(/^AC[0-9a-f]{32}$/i, { message: 'must be AC and 32 hexadecimal digits' })
  readonly accountSid: string;

  @Env('TWILIO_AUTH_TOKEN', { description: 'the account’s token', secret: true, localDefault: 'sandbox' })
  @ValidateIf(forTwilio)
  @IsString()
  readonly authToken: string;

  @Env('TWILIO_API_URL', {
    description: 'where Twilio’s API answers; empty for Twilio’s own address',
    example: 'http://127.0.0.1:4100',
    unsafe: vendorsOwn,
  })
  @IsOptional()
  @IsUrl({ require_tld: false })
  readonly apiUrl?: string;
}
