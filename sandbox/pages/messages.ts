import type { Email } from '../smtp/mailbox.js';
import type { Sms } from '../twilio/message.js';
import type { HttpParts } from '../http/http-parts.js';

/** An e-mail or an SMS, in the words both share. */
export interface Message {
  kind: 'email' | 'sms';
  id: string;
  at: Date;
  from: string;
  to: string[];
  /** Empty for an SMS. */
  subject: string;
  text: string;
  /** Null for an SMS and for an e-mail without HTML. */
  html: string | null;
  /** An e-mail's; empty for an SMS. */
  headers: { name: string; value: string }[];
  /** An e-mail's attachments; empty for an SMS. */
  attachments: { name: string; type: string; bytes: number }[];
  /** The id of the e-mail that was first with this Message-ID. */
  duplicateOf: string | null;
  /** How many SMS it was sent as; 0 for an e-mail. */
  segments: number;
  status: string;
}

export interface MessageFilter {
  kind?: string | undefined;
  /** A whole address or number, in any case. */
  to?: string | undefined;
  /** Messages after this moment. */
  since?: Date | undefined;
  /** Words that are all somewhere in the message or in the names of its files. */
  search?: string | undefined;
}

/** Everything that was sent and fits the filter, the newest first. */
export function messages(
  senders: Pick<HttpParts, 'mail' | 'twilio' | 'messengers'>,
  filter: MessageFilter = {},
): Message[] {
  const emails = filter.kind === 'sms' ? [] : senders.mail.mailbox.newestFirst().map(fromEmail);
  const texts = filter.kind === 'email' ? [] : receivedBy(senders).map(fromSms);
  return [...emails, ...texts]
    .filter((message) => fits(message, filter))
    .toSorted((a, b) => b.at.getTime() - a.at.getTime());
}

function receivedBy({ twilio, messengers }: Pick<HttpParts, 'twilio' | 'messengers'>): Sms[] {
  return [twilio, messengers.gatewayapi, messengers.aggregator].flatMap((each) => each.received());
}

function fits(message: Message, { to, since, search }: MessageFilter): boolean {
  const { from, subject, text, attachments } = message;
  const everything = [from, ...message.to, subject, text, ...attachments.map(({ name }) => name)].join('\n');
  return (
    (!to || message.to.some((one) => one.toLowerCase() === to.toLowerCase())) &&
    (!since || message.at > since) &&
    wordsOf(search ?? '').every((word) => lowered(everything).includes(word))
  );
}

function wordsOf(search: string): string[] {
  return lowered(search)
    .split(/\s+/)
    .filter((word) => word !== '');
}

function lowered(text: string): string {
  return text.toLocaleLowerCase('da');
}

function fromEmail(email: Email): Message {
  return {
    kind: 'email',
    id: email.id,
    at: email.receivedAt,
    from: email.from,
    to: email.envelope.to,
    subject: email.subject,
    text: email.text ?? '',
    html: email.html,
    headers: email.headers,
    attachments: email.attachments.map(({ name, type, content }) => ({ name, type, bytes: content.length })),
    duplicateOf: email.duplicateOf,
    segments: 0,
    status: 'delivered',
  };
}

function fromSms(sms: Sms): Message {
  return {
    kind: 'sms',
    id: sms.sid,
    at: sms.sentAt,
    from: sms.from,
    to: [sms.to],
    subject: '',
    text: sms.body,
    html: null,
    headers: [],
    attachments: [],
    duplicateOf: null,
    segments: sms.segments,
    status: sms.status,
  };
}
