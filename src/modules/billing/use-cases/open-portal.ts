import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../../platform/config/app.config.js';
import { inTransaction } from '../../../platform/database/transaction.js';
import { GatewayUnclear } from '../../finance/index.js';
import { Scheduling } from '../../schools/index.js';
import { NotSubscribed, SubscriptionNotFound, SubscriptionRefused } from '../domain/billing-problems.js';
import { Subscription } from '../domain/subscription.js';
import { type PortalVisit, SubscriptionGateway } from '../ports/subscription-gateway.js';

/** Where the owner changes the school's card and sees the gateway's receipts. Nothing is kept of it. */
@Injectable()
export class OpenPortal {
  constructor(
    private readonly em: EntityManager,
    private readonly app: AppConfig,
    private readonly gateway: SubscriptionGateway,
    private readonly scheduling: Scheduling,
  ) {}

  /** @throws SubscriptionNotFound, NotSubscribed, SubscriptionRefused, GatewayUnclear */
  async execute(): Promise<{ url: string }> {
    const answer = await this.gateway.openPortal(await inTransaction(this.em, () => this.visit()));
    if (answer.outcome === 'rejected') throw new SubscriptionRefused(answer.reason);
    if (answer.outcome === 'unknown') throw new GatewayUnclear();
    return { url: answer.url };
  }

  private async visit(): Promise<PortalVisit> {
    const subscription = await this.em.findOne(Subscription, {});
    if (!subscription) throw new SubscriptionNotFound();
    const { customerRef } = subscription;
    if (!customerRef) throw new NotSubscribed();
    const { locale } = await this.scheduling.school();
    return { customerRef, locale, returnUrl: new URL(`/subscription/done?lang=${locale}`, this.app.publicUrl).href };
  }
}
