import { createRequire } from 'node:module';

// By require: the library's ES modules import JSON in a form that newer runtimes refuse.
const { parsePhoneNumberFromString } = createRequire(import.meta.url)(
  'libphonenumber-js',
) as typeof import('libphonenumber-js');

/** The form of E.164, whether or not such a number is possible: for what was looked at when it was written down. */
export const e164Form = /^\+[1-9]\d{6,14}$/;

/** True for a possible phone number in E.164 form (`+4520123456`). */
export function isE164(value: unknown): value is string {
  if (typeof value !== 'string' || !value.startsWith('+')) return false;
  const parsed = parsePhoneNumberFromString(value);
  return parsed !== undefined && parsed.isPossible() && parsed.number === value;
}

/** A number as people write it, in E.164 form; without a country code it is Danish. Null when it is no possible number. */
export function toE164(written: string): string | null {
  const parsed = parsePhoneNumberFromString(written, 'DK');
  return parsed?.isPossible() ? parsed.number : null;
}
