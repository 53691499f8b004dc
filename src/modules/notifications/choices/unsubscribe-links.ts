import { Injectable } from '@nestjs/common';
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { AppConfig } from '../../../platform/config/app.config.js';
import { type Id, idFromBytes, idToBytes } from '../../../platform/values/id.js';
import type { Channel } from '../domain/message-kinds.js';
import { type Topic, topics } from '../domain/topics.js';

/** Who does not want to hear of what any more, and how. */
export interface Unsubscription {
  readonly schoolId: Id;
  readonly userId: Id;
  readonly topic: Topic;
  readonly channel: Channel;
}

const path = '/unsubscribe/';
const idsEnd = 32;
const signatureBytes = 16;

/** Addresses by which a reader switches one topic off without signing in; they work for ever, as long as the secret does. */
@Injectable()
export class UnsubscribeLinks {
  /** The one in force first. */
  private readonly keys: readonly Buffer[];

  constructor(private readonly config: AppConfig) {
    const secrets = [config.jwtSecret, ...config.acceptedJwtSecrets];
    this.keys = secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, '', 'unsubscribe links', 32)));
  }

  issue({ schoolId, userId, topic, channel }: Unsubscription): string {
    const claim = Buffer.concat([idToBytes(schoolId), idToBytes(userId), Buffer.from(`${channel}:${topic}`)]);
    const token = Buffer.concat([signature(this.keys[0]!, claim), claim]).toString('base64url');
    return new URL(`${path}${token}`, this.config.publicUrl).href;
  }

  /** Null for a token that was not issued here, or for what cannot be switched off like this any more. */
  read(token: string): Unsubscription | null {
    const bytes = Buffer.from(token, 'base64url');
    const claim = bytes.subarray(signatureBytes);
    if (claim.length <= idsEnd) return null;
    const given = bytes.subarray(0, signatureBytes);
    if (!this.keys.some((key) => timingSafeEqual(given, signature(key, claim)))) return null;
    const [channel, topic] = claim.subarray(idsEnd).toString().split(':') as [Channel, Topic];
    if (!isOptional(topic)) return null;
    return {
      schoolId: idFromBytes(claim.subarray(0, 16)),
      userId: idFromBytes(claim.subarray(16, idsEnd)),
      topic,
      channel,
    };
  }
}

/** Whether somebody may switch all of a topic off. */
export function isOptional(topic: Topic): boolean {
  return Object.hasOwn(topics, topic) && topics[topic].mustKeep === 'nothing';
}

function signature(key: Buffer, claim: Buffer): Buffer {
  return createHmac('sha256', key).update(claim).digest().subarray(0, signatureBytes);
}
