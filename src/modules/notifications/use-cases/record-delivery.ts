import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery, type Tables } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { inSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { withoutContacts } from '../domain/contacts.js';
import type { Channel } from '../domain/message-kinds.js';
import { Message, type MessageSchema } from '../domain/message.js';
import type { ObstacleCause } from '../domain/undeliverable-address.js';
import type { DeliveryNews, News } from '../ports/delivery-reports.js';
import { FallBack } from './fall-back.js';
import { MarkAddress } from './mark-address.js';
import { TellOfBounce } from './tell-of-bounce.js';

interface Found {
  readonly id: Id;
  readonly schoolId: Id | null;
}

/** Writes down what a provider tells about messages and addresses: repeats, late news and any order end the same. */
@Injectable()
export class RecordDelivery {
  constructor(
    readonly em: EntityManager,
    private readonly addresses: MarkAddress,
    private readonly bounces: TellOfBounce,
    private readonly fallBack: FallBack,
    private readonly clock: Clock,
  ) {}

  /** False for a message that is none of ours: somebody else may use the same account. */
  async execute(provider: string, channel: Channel, news: News): Promise<boolean> {
    if (news.about === 'address') {
      const what = news.word === 'stop' ? 'told' : 'lifted';
      await this.addresses.execute({ channel, address: news.address, cause: 'stop', what, at: news.at });
      return true;
    }
    const found = await this.find(provider, channel, news);
    if (!found) return false;
    const said = { ...news, reason: news.reason && withoutContacts(news.reason) };
    const work = () => this.record(found.id, provider, channel, said);
    await (found.schoolId ? inSchool(found.schoolId, work) : work());
    return true;
  }

  @Transaction()
  async record(messageId: Id, provider: string, channel: Channel, news: DeliveryNews): Promise<void> {
    const message = await this.em.findOneOrFail(Message, { id: messageId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    message.told(provider, news, this.clock.now());
    await this.bounces.execute(message);
    await this.fallBack.execute([message]);
    const cause = causeIn(news);
    if (!cause || !news.address) return;
    const { address, reason, at } = news;
    await this.addresses.execute({ channel, address, cause, what: 'told', reason: reason?.slice(0, 500), at });
  }

  private async find(provider: string, channel: Channel, news: DeliveryNews): Promise<Found | null> {
    const messages = globalQuery<Tables<typeof MessageSchema>>(this.em)
      .selectFrom('messages')
      .select(['id', 'school_id as schoolId'])
      .where('channel', '=', channel);
    const named = news.messageId
      ? messages.where('id', '=', bin(news.messageId))
      : messages.where('provider', '=', provider).where('provider_ref', '=', news.providerRef);
    return (await named.executeTakeFirst()) ?? null;
  }
}

function causeIn({ state, isHard }: DeliveryNews): ObstacleCause | null {
  if (state === 'complained') return 'complaint';
  return isHard ? 'hard_bounce' : null;
}
