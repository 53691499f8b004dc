import type { VendorAnswer } from '../http/vendor-call.js';

/** Thrown to refuse as Twilio refuses. */
export class TwilioRefusal extends Error {
  constructor(
    readonly code: number,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }

  toAnswer(): VendorAnswer {
    const { code, message, status } = this;
    return { status, body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status } };
  }
}

type Refusal = readonly [code: number, message: string];

/** The recipients that Twilio's test credentials refuse, and one Danish number that has said STOP. */
export const REFUSED_RECIPIENTS: Readonly<Record<string, Refusal>> = {
  '+15005550001': [21211, "Invalid 'To' Phone Number"],
  '+15005550002': [21612, "The 'To' phone number is not currently reachable via SMS"],
  '+15005550003': [21408, 'Permission to send an SMS has not been enabled for the region'],
  '+15005550004': [21610, 'Attempt to send to unsubscribed recipient'],
  '+15005550009': [21614, "'To' number is not a valid mobile number"],
  '+4500000000': [21610, 'Attempt to send to unsubscribed recipient'],
};

/** The senders that Twilio's test credentials refuse. */
export const REFUSED_SENDERS: Readonly<Record<string, Refusal>> = {
  '+15005550001': [21212, "Invalid 'From' Phone Number"],
  '+15005550007': [21606, "The 'From' phone number is not a valid, SMS-capable number of this account"],
  '+15005550008': [21611, "This 'From' number has exceeded the maximum number of queued messages"],
};

/** Accepted, and later reported undelivered with error 30003: a phone that is switched off. */
export const UNREACHABLE_RECIPIENT = '+4500000001';
