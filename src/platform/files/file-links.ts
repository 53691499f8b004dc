import { Injectable } from '@nestjs/common';
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { AppConfig } from '../config/app.config.js';
import { Clock } from '../values/clock.js';
import { type Id, idFromBytes, idToBytes } from '../values/id.js';

export interface FileLink {
  readonly url: string;
  readonly expiresAt: Date;
}

const secondsOpen = 300;
const tokenBytes = 16 + 4 + 32;

/** Addresses that open one file for five minutes, to whoever has them: `/files/<id, expiry, signature>`. */
@Injectable()
export class FileLinks {
  /** The one in force first. */
  private readonly keys: readonly Buffer[];

  constructor(
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {
    const secrets = [config.jwtSecret, ...config.acceptedJwtSecrets];
    this.keys = secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, '', 'file links', 32)));
  }

  issue(fileId: Id): FileLink {
    const expires = Math.floor(this.clock.now().getTime() / 1000) + secondsOpen;
    const claim = Buffer.concat([idToBytes(fileId), Buffer.alloc(4)]);
    claim.writeUInt32BE(expires, 16);
    const token = Buffer.concat([claim, signature(this.keys[0]!, claim)]).toString('base64url');
    return { url: new URL(`/files/${token}`, this.config.publicUrl).href, expiresAt: new Date(expires * 1000) };
  }

  /** The file that a token opens now; null when it is forged or too old. */
  read(token: string): Id | null {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length !== tokenBytes) return null;
    const claim = bytes.subarray(0, 20);
    if (!this.keys.some((key) => timingSafeEqual(bytes.subarray(20), signature(key, claim)))) return null;
    return claim.readUInt32BE(16) * 1000 > this.clock.now().getTime() ? idFromBytes(claim.subarray(0, 16)) : null;
  }
}

function signature(key: Buffer, claim: Buffer): Buffer {
  return createHmac('sha256', key).update(claim).digest();
}
