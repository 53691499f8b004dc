import { BoundedMap } from '../http/bounded-map.js';
import type { FormTree } from '../http/form.js';
import { sid } from '../http/tokens.js';
import { type TwilioMessage, twilioDate } from './message.js';
import { REFUSED_RECIPIENTS, REFUSED_SENDERS, TwilioRefusal } from './refusals.js';
import { segmentsOf } from './segments.js';

const E164 = /^\+[1-9]\d{6,14}$/;
const ALPHANUMERIC_SENDER = /^(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}$/;
const LONGEST_BODY = 1_600;

export interface StoredMessage {
  message: TwilioMessage;
  createdAt: Date;
  statusCallback: string | undefined;
}

/** The messages of the account, the newest last. */
export class TwilioMessages extends BoundedMap<string, StoredMessage> {
  /** `POST …/Messages.json`: accepts the message, or throws a `TwilioRefusal`. */
  create(accountSid: string, form: FormTree): StoredMessage {
    const to = recipientOf(form);
    const service = textOf(form, 'MessagingServiceSid') ?? null;
    const from = senderOf(form, service);
    const body = bodyOf(form);
    const createdAt = new Date();
    const id = sid('SM');
    const uri = `/2010-04-01/Accounts/${accountSid}/Messages/${id}`;
    const message: TwilioMessage = {
      account_sid: accountSid,
      api_version: '2010-04-01',
      body,
      date_created: twilioDate(createdAt),
      date_sent: null,
      date_updated: twilioDate(createdAt),
      direction: 'outbound-api',
      error_code: null,
      error_message: null,
      from,
      messaging_service_sid: service,
      num_media: '0',
      num_segments: String(segmentsOf(body)),
      price: null,
      price_unit: 'USD',
      sid: id,
      status: service ? 'accepted' : 'queued',
      subresource_uris: { media: `${uri}/Media.json` },
      to,
      uri: `${uri}.json`,
    };
    const stored = { message, createdAt, statusCallback: textOf(form, 'StatusCallback') };
    this.set(id, stored);
    return stored;
  }

  /** `GET …/Messages.json`: one page, the newest first, filtered by To, From and DateSent. */
  page(path: string, query: FormTree): object {
    const size = Number(textOf(query, 'PageSize') ?? 50);
    const page = Number(textOf(query, 'Page') ?? 0);
    const all = this.newestFirst().filter(filterOf(query));
    const messages = all.slice(page * size, (page + 1) * size).map(({ message }) => message);
    const uriOf = (number: number): string => `${path}?${queryOf(query, size, number)}`;
    return {
      end: Math.max(0, page * size + messages.length - 1),
      first_page_uri: uriOf(0),
      messages,
      next_page_uri: all.length > (page + 1) * size ? uriOf(page + 1) : null,
      page,
      page_size: size,
      previous_page_uri: page > 0 ? uriOf(page - 1) : null,
      start: page * size,
      uri: uriOf(page),
    };
  }
}

function recipientOf(form: FormTree): string {
  const to = textOf(form, 'To');
  if (!to) throw new TwilioRefusal(21604, "A 'To' phone number is required.");
  const refused = REFUSED_RECIPIENTS[to];
  if (refused) throw new TwilioRefusal(refused[0], `${refused[1]}: ${to}`);
  if (!E164.test(to)) throw new TwilioRefusal(21211, `Invalid 'To' Phone Number: ${to}`);
  return to;
}

function senderOf(form: FormTree, service: string | null): string | null {
  const from = textOf(form, 'From');
  if (!from) {
    if (service) return null;
    throw new TwilioRefusal(21603, "A 'From' phone number or a MessagingServiceSid is required.");
  }
  const refused = REFUSED_SENDERS[from];
  if (refused) throw new TwilioRefusal(refused[0], `${refused[1]}: ${from}`);
  if (!E164.test(from) && !ALPHANUMERIC_SENDER.test(from)) {
    throw new TwilioRefusal(21212, `Invalid 'From' Phone Number: ${from}`);
  }
  return from;
}

function bodyOf(form: FormTree): string {
  const body = textOf(form, 'Body');
  if (!body) throw new TwilioRefusal(21602, 'Message body is required.');
  if (body.length > LONGEST_BODY) {
    throw new TwilioRefusal(21617, `The concatenated message body exceeds the ${LONGEST_BODY} character limit.`);
  }
  return body;
}

function filterOf(query: FormTree): (stored: StoredMessage) => boolean {
  const to = textOf(query, 'To');
  const from = textOf(query, 'From');
  const onDay = textOf(query, 'DateSent')?.slice(0, 10);
  const after = Date.parse(textOf(query, 'DateSent>') ?? '');
  const before = Date.parse(textOf(query, 'DateSent<') ?? '');
  return ({ message, createdAt }) =>
    (!to || message.to === to) &&
    (!from || message.from === from) &&
    (!onDay || createdAt.toISOString().startsWith(onDay)) &&
    !(createdAt.getTime() < after) &&
    !(createdAt.getTime() > before);
}

function queryOf(query: FormTree, size: number, page: number): string {
  const parts = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' && name !== 'PageSize' && name !== 'Page' ? [[name, value]] : [],
  );
  return new URLSearchParams([...parts, ['PageSize', String(size)], ['Page', String(page)]]).toString();
}

function textOf(form: FormTree, name: string): string | undefined {
  const value = form[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
