import { Injectable } from '@nestjs/common';
import type { DeliveryReports, SmsSender } from '../modules/notifications/index.js';
import { AppConfig } from '../platform/config/app.config.js';
import type { ProviderCalls } from '../platform/ports/provider-calls.js';
import { GatewayapiConfig, gatewayapiUrl } from './gatewayapi/gatewayapi.config.js';
import { GatewayapiReports } from './gatewayapi/gatewayapi-reports.js';
import { GatewayapiSmsSender } from './gatewayapi/gatewayapi-sms-sender.js';
import { HttpSmsConfig } from './http-sms/http-sms.config.js';
import { HttpSmsReports } from './http-sms/http-sms-reports.js';
import { HttpSmsSender } from './http-sms/http-sms-sender.js';
import { LogSmsSender } from './log/log-sms-sender.js';
import { needsContaining } from './reaching-people.js';
import { TwilioReports } from './twilio/twilio-reports.js';
import { TwilioSmsSender } from './twilio/twilio-sms-sender.js';
import { TwilioConfig, twilioUrl } from './twilio/twilio.config.js';
import { ContainedSmsSender } from './contained-sms-sender.js';
import { SmsConfig } from './sms.config.js';

export const smsConfigs = [SmsConfig, TwilioConfig, GatewayapiConfig, HttpSmsConfig];

@Injectable()
export class SmsSettings {
  constructor(
    readonly app: AppConfig,
    readonly sms: SmsConfig,
    readonly twilio: TwilioConfig,
    readonly gatewayapi: GatewayapiConfig,
    readonly http: HttpSmsConfig,
  ) {}
}

/** The configured sender; outside production it reaches numbers of ours alone. */
export function smsSender(settings: SmsSettings, calls: ProviderCalls): SmsSender {
  const { app, sms, twilio, gatewayapi, http } = settings;
  const guarded = (sender: SmsSender, address: string) =>
    needsContaining(app, address) ? new ContainedSmsSender(sender, sms.allowedNumbers) : sender;
  switch (sms.provider) {
    case 'twilio':
      return guarded(twilioSender(settings, calls), twilioUrl(twilio));
    case 'gatewayapi':
      return guarded(new GatewayapiSmsSender(gatewayapi, calls), gatewayapiUrl(gatewayapi));
    case 'http':
      return guarded(new HttpSmsSender(http, calls), http.url ?? '');
    default:
      return new LogSmsSender();
  }
}

/** Of every provider, for reports may come long after another one was chosen. */
export function smsReports(settings: SmsSettings, calls: ProviderCalls): DeliveryReports[] {
  const { app, twilio, gatewayapi, http } = settings;
  return [
    new TwilioReports(twilio, app.publicUrl, twilioSender(settings, calls)),
    new GatewayapiReports(gatewayapi),
    new HttpSmsReports(http),
  ];
}

function twilioSender({ app, sms, twilio }: SmsSettings, calls: ProviderCalls): TwilioSmsSender {
  return new TwilioSmsSender(twilio, sms.fromNumber, `${app.publicUrl.replace(/\/$/, '')}/webhooks/twilio`, calls);
}
