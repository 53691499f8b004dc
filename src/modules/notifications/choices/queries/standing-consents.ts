import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type Asked, byAge, List } from '../../../../platform/database/list.js';
import { bin, bins, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import type { Page } from '../../../../platform/http/paging.js';
import type { Id } from '../../../../platform/values/id.js';
import type { Channel } from '../../domain/message-kinds.js';
import type { ConsentSource, Decision, MarketingConsentSchema } from '../domain/marketing-consent.js';

/** What somebody decided, and when. */
export interface ConsentView {
  readonly id: Id;
  readonly channel: Channel;
  readonly decision: Decision;
  readonly source: ConsentSource;
  readonly wording: string | null;
  readonly recordedBy: Id | null;
  readonly decidedAt: Date;
}

export const consentList = new List({ sorts: { createdAt: byAge }, defaultSort: '-createdAt' });

/** Who has agreed to advertisements in the current school. */
@Injectable()
export class StandingConsents {
  constructor(private readonly em: EntityManager) {}

  /** The latest decision of each of the people on each channel, by user id and channel. */
  async of(userIds: readonly Id[]): Promise<Map<string, ConsentView & { readonly userId: Id }>> {
    if (userIds.length === 0) return new Map();
    const latest = this.db
      .selectFrom('marketing_consents')
      .select(({ fn }) => fn.max('id').as('id'))
      .where('user_id', 'in', bins(userIds))
      .groupBy(['user_id', 'channel']);
    const rows = await this.rows().select('user_id as userId').where('id', 'in', latest).execute();
    return new Map(rows.map((row) => [`${row.userId}:${row.channel}`, row]));
  }

  /** Every decision of one person, the latest first unless asked otherwise. */
  history(userId: Id, asked: Asked<typeof consentList>): Promise<Page<ConsentView>> {
    return consentList.page(this.rows().where('user_id', '=', bin(userId)), asked);
  }

  private rows() {
    return this.db
      .selectFrom('marketing_consents')
      .select(['id', 'channel', 'decision', 'source', 'wording'])
      .select(['recorded_by as recordedBy', 'decided_at as decidedAt']);
  }

  private get db() {
    return schoolQuery<Tables<typeof MarketingConsentSchema>>(this.em);
  }
}
