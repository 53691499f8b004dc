import { Refusal } from '../http/refusal.js';

/** Thrown to refuse as Twilio refuses. */
export class TwilioRefusal extends Refusal {
  constructor(code: number, message: string, status = 400) {
    const about = `https://www.twilio.com/docs/errors/${code}`;
    super(status, { code, message, more_info: about, status }, message);
  }
}

type Reason = readonly [code: number, message: string];

/** The recipients that Twilio's test credentials refuse, and one Danish number that has said STOP. */
export const REFUSED_RECIPIENTS: Readonly<Record<string, Reason>> = {
  '+15005550001': [21211, "Invalid 'To' Phone Number"],
  '+15005550002': [21612, "The 'To' phone number is not currently reachable via SMS"],
  '+15005550003': [21408, 'Permission to send an SMS has not been enabled for the region'],
  '+15005550004': [21610, 'Attempt to send to unsubscribed recipient'],
  '+15005550009': [21614, "'To' number is not a valid mobile number"],
  '+4500000000': [21610, 'Attempt to send to unsubscribed recipient'],
};

/** The senders that Twilio's test credentials refuse. */
export const REFUSED_SENDERS: Readonly<Record<string, Reason>> = {
  '+15005550001': [21212, "Invalid 'From' Phone Number"],
  '+15005550007': [21606, "The 'From' phone number is not a valid, SMS-capable number of this account"],
  '+15005550008': [21611, "This 'From' number has exceeded the maximum number of queued messages"],
};

/** Accepted, and later reported undelivered with that error: a phone that is switched off, and a number nobody has. */
export const UNREACHABLE_RECIPIENTS: Readonly<Record<string, readonly [number, string]>> = {
  '+4500000001': [30003, 'Unreachable destination handset'],
  '+4500000002': [30005, 'Unknown destination handset'],
};
