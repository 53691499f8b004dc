import { IsOptional, IsString, IsUrl, Matches } from 'class-validator';
import { ConfigSection, Env } from '../../platform/config/config.section.js';
import { vendorsOwn } from '../../platform/config/safety.js';

@ConfigSection('SMS: Twilio')
export class TwilioConfig {
  @Env('TWILIO_ACCOUNT_SID', {
    description: 'the account at Twilio, with SMS_PROVIDER=twilio',
    example: 'AC…',
    localDefault: 'AC00000000000000000000000000000000',
  })
  @IsOptional()
  @Matches(/^AC[0-9a-f]{32}$/i, { message: 'must be AC and 32 hexadecimal digits' })
  readonly accountSid: string;

  @Env('TWILIO_AUTH_TOKEN', {
    description: 'the account’s token; it also signs what Twilio posts to {PUBLIC_URL}/webhooks/twilio',
    secret: true,
    localDefault: 'sandbox',
  })
  @IsOptional()
  @IsString()
  readonly authToken: string;

  @Env('TWILIO_MESSAGING_SERVICE_SID', {
    description: 'a messaging service that chooses the number; instead of SMS_FROM_NUMBER',
    example: 'MG…',
  })
  @IsOptional()
  @Matches(/^MG[0-9a-f]{32}$/i, { message: 'must be MG and 32 hexadecimal digits' })
  readonly messagingService?: string;

  @Env('TWILIO_API_URL', {
    description: 'where Twilio’s API answers; empty for Twilio’s own address',
    example: 'http://127.0.0.1:4100',
    unsafe: vendorsOwn,
  })
  @IsOptional()
  @IsUrl({ require_tld: false })
  readonly apiUrl?: string;
}

export function twilioUrl({ apiUrl }: TwilioConfig): string {
  return apiUrl ?? 'https://api.twilio.com';
}
