import { Injectable } from '@nestjs/common';
import { BillReader, SubscriptionReader } from '../../billing/index.js';
import type { MessageKind } from '../domain/message-kinds.js';
import type { MessageInHand } from '../domain/message-in-hand.js';
import { templates } from '../templates/templates.js';
import type { Wording } from '../templates/wording.js';
import { type Composer, type Content, content, Overtaken, platformSender } from './composition.js';

const standings: Partial<Record<MessageKind, string>> = {
  subscription_unpaid: 'past_due',
  subscription_restricted: 'restricted',
  subscription_read_only: 'read_only',
  subscription_restored: 'good',
};

/** What owners hear about their school's subscription, from the platform and not from the school. */
@Injectable()
export class SubscriptionComposer implements Composer {
  constructor(
    private readonly subscriptions: SubscriptionReader,
    private readonly bills: BillReader,
  ) {}

  async compose({ kind }: MessageInHand, words: Wording): Promise<Content | Overtaken> {
    const now = await this.subscriptions.get();
    const isTrial = kind === 'trial_ending';
    if (isTrial ? now.state !== 'trialing' || now.hasCard : now.standing !== standings[kind])
      return new Overtaken('the school stands otherwise by now');
    const on = (at: Date | null) => (at ? words.day(at) : '');
    const subscription = {
      plan: now.plan.name,
      seats: String(now.seats),
      price: words.amount(now.plan.price.times(now.seats)),
      trialEnds: on(now.trialEndsAt),
      restrictedFrom: on(now.restrictedFrom),
      readOnlyFrom: on(now.readOnlyFrom),
      payLink: (await this.bills.payLink()) ?? '',
    };
    const template = templates[kind as 'trial_ending'];
    return { ...content(template, { subscription }), sender: platformSender };
  }
}
