import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { schoolQuery, type Tables } from '../../../platform/database/query.js';
import { type IntegrationStatus, stateOf, TellsIntegration } from '../../../platform/integrations/tells-integration.js';
import { firstIdAt } from '../../../platform/values/id.js';
import { Clock } from '../../../platform/values/clock.js';
import { bin } from '../../../platform/database/query.js';
import { type Channel, channels } from '../domain/channels.js';
import type { MessageSchema, MessageState } from '../domain/message.js';
import { NotificationsConfig } from '../notifications.config.js';
import { EmailSender } from '../ports/email-sender.js';
import { SmsSender } from '../ports/sms-sender.js';

const taken: readonly MessageState[] = ['sent', 'delivered', 'bounced', 'complained'];
/** Looked at no further back: what is older says nothing of today. */
const lookedAtMs = 30 * 86_400_000;

/** E-mail and text messages: what a provider last took of this school, and what it last failed to take. */
@Injectable()
export class MessagesIntegration {
  constructor(
    private readonly em: EntityManager,
    private readonly config: NotificationsConfig,
    private readonly email: EmailSender,
    private readonly sms: SmsSender,
    private readonly clock: Clock,
  ) {}

  @TellsIntegration()
  tell(): Promise<IntegrationStatus[]> {
    return Promise.all(channels.map((channel) => this.of(channel)));
  }

  private async of(channel: Channel): Promise<IntegrationStatus> {
    const [success, failure] = [await this.last(channel, taken), await this.last(channel, ['failed'])];
    const lastSuccessAt = success?.at ?? null;
    const lastFailureAt = failure?.at ?? null;
    const isOff = channel === 'sms' && !this.config.smsEnabled;
    return {
      kind: channel,
      provider: (channel === 'sms' ? this.sms : this.email).provider,
      state: isOff ? 'off' : stateOf(lastSuccessAt, lastFailureAt),
      lastSuccessAt,
      lastFailureAt,
      lastFailure: failure ? 'no_answer' : null,
    };
  }

  private last(channel: Channel, states: readonly MessageState[]) {
    return schoolQuery<Tables<typeof MessageSchema>>(this.em)
      .selectFrom('messages')
      .select('closed_at as at')
      .where('channel', '=', channel)
      .where('state', 'in', [...states])
      .where('id', '>=', bin(firstIdAt(new Date(this.clock.now().getTime() - lookedAtMs))))
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
  }
}
