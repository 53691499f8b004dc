import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery, schoolQuery, type Tables } from '../../../platform/database/query.js';
import {
  type DataSubject,
  ErasesPersonalData,
  ExportsPersonalData,
} from '../../../platform/privacy/personal-data.decorators.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import { ForgetWebhooks } from '../../../platform/webhooks/forget-webhooks.js';
import { PeopleElsewhere } from '../../identity/index.js';
import { sameAddress } from '../domain/contacts.js';
import type { Channel } from '../domain/message-kinds.js';
import type { MessageSchema } from '../domain/message.js';
import type { UndeliverableAddressSchema } from '../domain/undeliverable-address.js';
import { Obstacles } from '../queries/obstacles.js';

type Db = Tables<typeof MessageSchema | typeof UndeliverableAddressSchema>;

/** What was written to the person; the texts themselves are never kept. */
@Injectable()
export class MessagePrivacy {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly obstacles: Obstacles,
    private readonly elsewhere: PeopleElsewhere,
    private readonly webhooks: ForgetWebhooks,
  ) {}

  @ExportsPersonalData('messages')
  messages({ userId }: DataSubject): Promise<unknown> {
    return schoolQuery<Db>(this.em)
      .selectFrom('messages')
      .select(['kind', 'channel', 'state', 'recipient_masked as recipient', 'reason', 'created_at as createdAt'])
      .where('user_id', '=', bin(userId))
      .orderBy('id')
      .execute();
  }

  /** What has not gone yet goes nowhere any more. */
  @ErasesPersonalData('messages')
  async erase({ userId }: DataSubject): Promise<null> {
    const messages = globalQuery<Db>(this.em)
      .updateTable('messages')
      .where('school_id', '=', bin(currentSchool()))
      .where('user_id', '=', bin(userId));
    const open = messages.where('state', 'in', ['queued', 'sending']);
    await open.set({ state: 'dropped', closed_at: this.clock.now() }).execute();
    await messages.set({ recipient_masked: null, reason: null }).execute();
    return null;
  }

  @ExportsPersonalData('undeliverableAddresses')
  addresses(subject: DataSubject): Promise<unknown> {
    return this.obstacles.historyOf(addressesOf(subject));
  }

  /** The addresses of somebody who is anything elsewhere are still written to: what he said about that stays. */
  @ErasesPersonalData('undeliverable_addresses')
  async eraseAddresses(subject: DataSubject): Promise<null> {
    const { userId, email, phone } = subject;
    await this.webhooks.telling([email, encodeURIComponent(email), ...(phone ? [phone.slice(1)] : [])]);
    if ((await this.elsewhere.among([userId])).has(userId)) return null;
    for (const [channel, address] of addressesOf(subject)) {
      const rows = globalQuery<Db>(this.em).deleteFrom('undeliverable_addresses').where('channel', '=', channel);
      await rows.where('address', '=', sameAddress(channel, address)).execute();
    }
    return null;
  }
}

function addressesOf({ email, phone }: DataSubject): (readonly [Channel, string])[] {
  return [['email', email], ...(phone ? [['sms', phone] as const] : [])];
}
