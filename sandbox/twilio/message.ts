/** A message as Twilio's API shows it. */
export interface TwilioMessage {
  account_sid: string;
  api_version: '2010-04-01';
  body: string;
  /** RFC 2822, as all dates of this API. */
  date_created: string;
  date_sent: string | null;
  date_updated: string;
  direction: 'outbound-api';
  error_code: number | null;
  error_message: string | null;
  from: string | null;
  messaging_service_sid: string | null;
  num_media: string;
  num_segments: string;
  price: string | null;
  price_unit: string;
  sid: string;
  status: 'queued' | 'accepted' | 'sent' | 'delivered' | 'undelivered';
  subresource_uris: Record<string, string>;
  to: string;
  uri: string;
}

/** What a person who looks at the phone sees. */
export interface Sms {
  sid: string;
  from: string;
  to: string;
  body: string;
  segments: number;
  status: string;
  sentAt: Date;
}

/** A moment as this API writes it, such as `Thu, 24 Aug 2023 05:01:45 +0000`. */
export function twilioDate(date: Date): string {
  return date.toUTCString().replace('GMT', '+0000');
}
