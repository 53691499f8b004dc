import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { schoolQuery } from '../../../../platform/database/query.js';
import { NotificationsConfig } from '../../notifications.config.js';
import type { Cost } from '../../ports/delivery.js';
import type { AnnouncementTables } from './tables.js';

const lookedAt = 200;

/** What a part of a text message is expected to cost. */
@Injectable()
export class SmsPrice {
  constructor(
    private readonly em: EntityManager,
    private readonly config: NotificationsConfig,
  ) {}

  /** As the school's last text messages cost, by their provider's word; else as configured; null when nobody has said. */
  async perSegment(): Promise<Cost | null> {
    const latest = await schoolQuery<AnnouncementTables>(this.em)
      .selectFrom('messages')
      .select(['segments', 'cost_micros as micros', 'cost_currency as currency'])
      .where('channel', '=', 'sms')
      .orderBy('id', 'desc')
      .limit(lookedAt)
      .execute();
    const known = latest.find(({ segments, micros, currency }) => segments && micros !== null && currency);
    if (!known) return this.config.smsSegmentCost;
    return { micros: Math.round(known.micros! / known.segments!), currency: known.currency! };
  }
}
