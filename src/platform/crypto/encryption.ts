import { Injectable } from '@nestjs/common';
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { AppConfig } from '../config/app.config.js';

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

interface Key {
  /** Names the key in what it sealed, without telling anything about it. */
  readonly id: string;
  readonly bytes: Buffer;
}

/** What was read is damaged, belongs elsewhere, or was sealed with a key that is gone. */
export class CannotOpen extends Error {
  constructor(cause?: unknown) {
    super('a sealed value cannot be opened', { cause });
  }
}

/** Keeps secrets of others (credentials, seeds) unreadable in the database: AES-256-GCM, as `<key id>.<iv, tag and text>`. */
@Injectable()
export class Encryption {
  private readonly current: Key;
  private readonly known: ReadonlyMap<string, Key>;

  constructor(config: AppConfig) {
    this.current = keyOf(config.encryptionKey);
    const accepted = config.acceptedEncryptionKeys.map(keyOf);
    this.known = new Map([...accepted, this.current].map((key) => [key.id, key]));
  }

  /** @param context where the value is kept (`users.totp_secret:<id>`); it opens there alone */
  seal(text: string, context: string): string {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv(algorithm, this.current.bytes, iv).setAAD(Buffer.from(context));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return `${this.current.id}.${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')}`;
  }

  /** @throws CannotOpen */
  open(sealed: string, context: string): string {
    const [id = '', encoded = ''] = sealed.split('.');
    const key = this.known.get(id);
    if (!key) throw new CannotOpen();
    const bytes = Buffer.from(encoded, 'base64url');
    try {
      const decipher = createDecipheriv(algorithm, key.bytes, bytes.subarray(0, ivBytes), { authTagLength: tagBytes })
        .setAAD(Buffer.from(context))
        .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
      return decipher.update(bytes.subarray(ivBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8');
    } catch (error) {
      throw new CannotOpen(error);
    }
  }

  /** What a value begins with that the key in force has sealed. */
  get currentMark(): string {
    return `${this.current.id}.`;
  }
}

function keyOf(secret: string): Key {
  const derive = (purpose: string, length: number) => Buffer.from(hkdfSync('sha256', secret, '', purpose, length));
  return { id: derive('key id', 4).toString('hex'), bytes: derive('encryption', 32) };
}
