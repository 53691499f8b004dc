import { hashOfToken, newSecretToken } from '../../../platform/crypto/secret-token.js';
import { newId } from '../../../platform/values/id.js';

/** Of the secret behind its mark: enough to recognise it by. */
const shownLength = 8;

/** A new key's secret, and what is kept of it: its hash and its beginning. */
export function newKeySecret(mark: string, scopes: readonly string[], at: Date) {
  const secret = mark + newSecretToken();
  const kept = {
    id: newId(),
    prefix: secret.slice(0, mark.length + shownLength),
    hash: hashOfToken(secret),
    scopes: [...new Set(scopes)].sort().join(' '),
    createdAt: at,
    lastUsedAt: null,
    revokedAt: null,
  };
  return { secret, kept };
}
