import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { privateFolder } from './paths.mjs';

/**
 * The random passwords and keys of one folder's servers and application, made once and kept there, readable by their owner only.
 * @returns { databasePassword, redisPassword, jwtSecret, encryptionKey }, each 64 hexadecimal characters
 */
export function secretsOf(folder) {
  const file = join(privateFolder(folder), 'secrets.json');
  const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const secret = () => randomBytes(32).toString('hex');
  const secrets = {
    databasePassword: secret(),
    redisPassword: secret(),
    jwtSecret: secret(),
    encryptionKey: secret(),
    ...kept,
  };
  writePrivate(file, JSON.stringify(secrets, null, 2));
  return secrets;
}

/** Writes a file that only its owner may read, whatever mode an older one had. */
export function writePrivate(file, content) {
  writeFileSync(file, content, { mode: 0o600 });
  chmodSync(file, 0o600);
}
