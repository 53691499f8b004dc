import { hashOfToken, newSecretToken } from '../../../platform/crypto/secret-token.js';
import { newId } from '../../../platform/values/id.js';
import { KeyHasEnded } from './identity-problems.js';

/** Of the secret behind its mark: enough to recognise it by. */
const shownLength = 8;

/** A new key's secret, and what is kept of it: its hash and its beginning. */
export function newKeySecret(mark: string, scopes: readonly string[], at: Date) {
  const { secret, ...parts } = newSecret(mark);
  const kept = {
    id: newId(),
    ...parts,
    previousHash: null,
    previousUntil: null,
    scopes: [...new Set(scopes)].sort().join(' '),
    createdAt: at,
    lastUsedAt: null,
    revokedAt: null,
  };
  return { secret, kept };
}

interface Rotating {
  readonly hash: string;
  readonly revokedAt?: Date | null;
  readonly expiresAt?: Date | null;
}

/** Another secret for a key, and what is kept of both: that of before works until then. @throws KeyHasEnded */
export function rotatedSecret(mark: string, { hash, revokedAt, expiresAt }: Rotating, until: Date, at: Date) {
  if (revokedAt || (expiresAt && expiresAt <= at)) throw new KeyHasEnded();
  const { secret, ...parts } = newSecret(mark);
  const isKept = until > at;
  return { secret, kept: { ...parts, previousHash: isKept ? hash : null, previousUntil: isKept ? until : null } };
}

function newSecret(mark: string) {
  const secret = mark + newSecretToken();
  return { secret, prefix: secret.slice(0, mark.length + shownLength), hash: hashOfToken(secret) };
}
