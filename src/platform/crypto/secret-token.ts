import { createHash, randomBytes } from 'node:crypto';

/** A random token of 256 bits unless told otherwise, safe in addresses. */
export function newSecretToken(bytes = 32): string {
  return randomBytes(bytes).toString('base64url');
}

/** What is stored of a token. A plain hash will do, for a random token cannot be guessed. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
