import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Id } from '../../../../platform/values/id.js';
import { UserContacts } from '../../../identity/index.js';
import { channels, type Channel } from '../../domain/message-kinds.js';
import type { ObstacleCause } from '../../domain/undeliverable-address.js';
import { Obstacles } from '../../queries/obstacles.js';
import { currentWording } from '../domain/consent-wording.js';
import type { ConsentSource } from '../domain/marketing-consent.js';
import { choosableTopics, mustKeep, type TopicChoice } from '../domain/topic-choice.js';
import { StandingConsents } from './standing-consents.js';
import { SwitchedOff } from './switched-off.js';

export interface MessageChoicesView {
  readonly topics: readonly (TopicChoice & { readonly mustKeep: ReturnType<typeof mustKeep> })[];
  readonly marketing: readonly MarketingView[];
  readonly consentWording: { readonly wording: string; readonly da: string; readonly en: string };
  /** Why nothing reaches him on a channel at all, such as his own STOP. */
  readonly obstacles: readonly { readonly channel: Channel; readonly cause: ObstacleCause; readonly since: Date }[];
}

interface MarketingView {
  readonly channel: Channel;
  readonly consented: boolean;
  /** Of the latest decision; null when there was none. */
  readonly decidedAt: Date | null;
  readonly source: ConsentSource | null;
}

/** How one person wants to hear from the current school, and what stands in the way. */
@Injectable()
export class MessageChoices {
  constructor(
    readonly em: EntityManager,
    private readonly switchedOff: SwitchedOff,
    private readonly consents: StandingConsents,
    private readonly contacts: UserContacts,
    private readonly obstacles: Obstacles,
  ) {}

  async of(userId: Id): Promise<MessageChoicesView> {
    const isOff = await this.switchedOff.by([userId]);
    const topics = choosableTopics.map((topic) => ({
      topic,
      email: !isOff(userId, topic, 'email'),
      sms: !isOff(userId, topic, 'sms'),
      mustKeep: mustKeep(topic),
    }));
    const [marketing, obstacles] = [await this.marketingOf(userId), await this.obstaclesOf(userId)];
    return { topics, marketing, consentWording: currentWording, obstacles };
  }

  private async marketingOf(userId: Id): Promise<MarketingView[]> {
    const consents = await this.consents.of([userId]);
    return channels.map((channel) => {
      const latest = consents.get(`${userId}:${channel}`);
      const { decidedAt = null, source = null } = latest ?? {};
      return { channel, consented: latest?.decision === 'given', decidedAt, source };
    });
  }

  private async obstaclesOf(userId: Id): Promise<MessageChoicesView['obstacles']> {
    const reader = (await this.contacts.of([userId])).get(userId);
    const addresses = { email: reader?.email ?? null, sms: reader?.phone ?? null };
    const found = [];
    for (const channel of channels) {
      const address = addresses[channel];
      const obstacle = address === null ? null : await this.obstacles.at(channel, address);
      if (obstacle) found.push({ channel, cause: obstacle.cause, since: obstacle.since });
    }
    return found;
  }
}
