import { randomBytes, randomInt } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A random identifier in Stripe's manner, such as `pi_3Qx…`. */
export function token(prefix: string, length = 24): string {
  return prefix + Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** A random identifier in Twilio's manner: two letters and 32 hexadecimal digits. */
export function sid(prefix: string): string {
  return prefix + randomBytes(16).toString('hex');
}
