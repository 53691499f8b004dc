import { randomBytes } from 'node:crypto';

/** As PayPal names orders, captures and refunds: 17 digits and capital letters. */
export function newToken(): string {
  return randomBytes(9).toString('hex').toUpperCase().slice(0, 17);
}
