import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { globalQuery, type Tables } from '../../../platform/database/query.js';
import { maskPhone } from '../domain/mask.js';
import type { MessageInHand } from '../domain/message-in-hand.js';
import type { MessageSchema } from '../domain/message.js';
import { smsSenderName } from '../domain/sms-sender-name.js';
import { smsSegments } from '../domain/sms-segments.js';
import { NotificationsConfig } from '../notifications.config.js';
import { accepted, type Delivery, unansweredBy } from '../ports/delivery.js';
import { SmsSender, type Sms } from '../ports/sms-sender.js';
import { renderSms } from '../templates/engine.js';
import {
  type Attempt,
  type MessageChannel,
  NotSendable,
  type Outgoing,
  type ReaderContact,
} from './message-channel.js';

/** Text messages. Providers keep no idempotency key, so before a repeat they are asked what they have taken already. */
@Injectable()
export class SmsChannel implements MessageChannel {
  constructor(
    private readonly em: EntityManager,
    private readonly sender: SmsSender,
    private readonly config: NotificationsConfig,
  ) {}

  get provider(): string {
    return this.sender.provider;
  }

  get perCall(): number {
    return this.sender.perCall;
  }

  addressOf({ phone }: ReaderContact): string | NotSendable {
    if (!this.config.smsEnabled) return new NotSendable('SMS is switched off', 'no_way');
    return phone ?? new NotSendable('no phone number is known', 'no_way');
  }

  async send({ message, reader, locale, composed }: Outgoing): Promise<Attempt> {
    const body = renderSms(composed.template, locale, composed.view);
    const from = this.config.smsFromSchool ? smsSenderName(composed.view.sender.name) : undefined;
    const sms = { to: reader.phone!, body, from, messageId: message.id };
    const { segments } = smsSegments(sms.body);
    const delivery = await this.sendOnce(message, sms);
    return { channel: 'sms', delivery, locale, recipientMasked: maskPhone(sms.to), segments };
  }

  private async sendOnce(message: MessageInHand, sms: Sms): Promise<Delivery> {
    if (!message.mayHaveGone) return this.sender.send(sms);
    try {
      const ref = await this.takenEarlier(message, sms);
      return ref ? accepted(ref) : await this.sender.send(sms);
    } catch (error) {
      return unansweredBy(error, `${this.provider} cannot say what it has taken: ${(error as Error).name}`);
    }
  }

  /** The reference of an earlier attempt, leaving out those of other messages with the same words to the same number. */
  private async takenEarlier(message: MessageInHand, sms: Sms): Promise<string | null> {
    const refs = await this.sender.findTaken(sms, message.firstTriedAt ?? message.createdAt);
    if (refs.length === 0) return null;
    const known = await globalQuery<Tables<typeof MessageSchema>>(this.em)
      .selectFrom('messages')
      .select('provider_ref')
      .where('provider', '=', this.provider)
      .where('provider_ref', 'in', refs)
      .execute();
    const others = new Set(known.map((row) => row.provider_ref));
    return refs.find((ref) => !others.has(ref)) ?? null;
  }
}
