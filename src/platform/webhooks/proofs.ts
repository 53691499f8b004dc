import { createHash, timingSafeEqual } from 'node:crypto';

/** True when both are the same text, told in a time that says nothing about how much of it is. */
export function isSameSecret(given: string, wanted: string): boolean {
  const [one, other] = [given, wanted].map((text) => createHash('sha256').update(text).digest()) as [Buffer, Buffer];
  return timingSafeEqual(one, other);
}

/** Whether that moment (milliseconds since the epoch) is near enough; one that cannot be read never is. */
export function isWithin(toleranceMs: number, at: number): boolean {
  return Math.abs(Date.now() - at) <= toleranceMs;
}

/** A key for a body that names itself nowhere: the same for a repeat alone. */
export function fingerprint(body: Buffer | string): string {
  return createHash('sha256').update(body).digest('hex');
}
