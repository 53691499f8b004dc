import { Secret, TOTP } from 'otpauth';

const period = 30;
const issuer = 'Just Driving';

/** The code of a neighbouring half minute counts too: clocks differ, and typing takes a while. */
const window = 1;

/** A new secret to share with an authenticator app, base32. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** What the app reads from the picture. @param label the person's address, by which the app lists it */
export function totpUri(secret: string, label: string): string {
  return totp(secret, label).toString();
}

/** The time step that a code belongs to, or null when it is none of now. */
export function stepOfCode(secret: string, code: string, now: Date): number | null {
  const timestamp = now.getTime();
  const delta = totp(secret).validate({ token: code, timestamp, window });
  return delta === null ? null : Math.floor(timestamp / 1000 / period) + delta;
}

function totp(secret: string, label = ''): TOTP {
  return new TOTP({ issuer, label, secret, period });
}
