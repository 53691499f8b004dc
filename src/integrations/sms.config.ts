import { IsIn, IsOptional, IsString, Matches } from 'class-validator';
import { ConfigSection, Env, type SafetyCheck } from '../platform/config/config.section.js';
import { listed } from '../platform/config/listed.js';
import { needs } from '../platform/config/safety.js';
import { toE164 } from '../platform/http/phone.js';

export const smsProviders = ['twilio', 'gatewayapi', 'http', 'log'] as const;
export type SmsProvider = (typeof smsProviders)[number];

const needed: Readonly<Partial<Record<string, readonly string[]>>> = {
  twilio: ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN'],
  gatewayapi: ['GATEWAYAPI_TOKEN'],
  http: ['SMS_HTTP_URL'],
};

const canSend: SafetyCheck = (value, { environment, env }) => {
  if (environment === 'production' && value === 'log' && env['SMS_ENABLED'] !== 'false')
    return 'sends to nobody: to send no text messages, set SMS_ENABLED=false as well';
  const hasSender = value !== 'twilio' || env['SMS_FROM_NUMBER'] || env['TWILIO_MESSAGING_SERVICE_SID'];
  const sender = hasSender ? [] : ['SMS_FROM_NUMBER or TWILIO_MESSAGING_SERVICE_SID'];
  return needs([...(needed[value] ?? []), ...sender], env);
};

@ConfigSection('SMS')
export class SmsConfig {
  @Env('SMS_PROVIDER', {
    description:
      'twilio, gatewayapi, http (any aggregator), or log: text messages are counted in the log and sent to nobody',
    default: 'twilio',
    unsafe: canSend,
  })
  @IsIn(smsProviders)
  readonly provider: SmsProvider;

  @Env('SMS_FROM_NUMBER', {
    description:
      'the number text messages come from, with country code; Twilio needs it, or TWILIO_MESSAGING_SERVICE_SID',
    example: '+4578771234',
    localDefault: '+4578771234',
  })
  @IsOptional()
  @Matches(/^\+[1-9]\d{6,14}$/, { message: 'must be a phone number such as +4578771234' })
  readonly fromNumber?: string;

  @Env('SMS_ALLOWED_NUMBERS', {
    description:
      'outside production these numbers alone get text messages, separated by commas; on a laptop the sandbox gets all it is sent',
    example: '+4520123456,+4520123457',
    default: '',
  })
  @IsString()
  readonly allowedNumberList: string;

  get allowedNumbers(): readonly string[] {
    return listed(this.allowedNumberList).flatMap((each) => toE164(each) ?? []);
  }
}
