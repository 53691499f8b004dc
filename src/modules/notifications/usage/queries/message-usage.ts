import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import { firstIdAt } from '../../../../platform/values/id.js';
import { checkPeriod, type Period } from '../../../finance/index.js';
import { Scheduling } from '../../../schools/index.js';
import type { Channel, MessageKind } from '../../domain/message-kinds.js';
import type { MessageSchema } from '../../domain/message.js';
import { byCurrency, byTopic, type CountedUsage, type UsageReport } from '../domain/usage.js';
import { type UsageMonth, usageMonths } from '../domain/usage-months.js';

/** What the current school's messages came to, summed from the delivery log. */
@Injectable()
export class MessageUsage {
  constructor(
    private readonly em: EntityManager,
    private readonly scheduling: Scheduling,
  ) {}

  /** Of the messages that were queued on these days and that a provider took. @throws PeriodInvalid */
  async report({ from, until }: Period): Promise<UsageReport> {
    checkPeriod({ from, until });
    const { zone } = await this.scheduling.school();
    const rows = byTopic(await this.counted(usageMonths({ from, until }, zone)));
    return { from, until, rows, totals: byCurrency(rows) };
  }

  /** An id is made of the moment its message was queued, so that months are ranges of ids. */
  private counted(months: readonly UsageMonth[]): Promise<CountedUsage[]> {
    const [first, last] = [months[0]!, months.at(-1)!];
    const cases = months.map(({ name, until }) => sql`WHEN id < ${bin(firstIdAt(until))} THEN ${name}`);
    return schoolQuery<Tables<typeof MessageSchema>>(this.em)
      .selectFrom('messages')
      .select(sql<string>`CASE ${sql.join(cases, sql` `)} END`.as('month'))
      .select([sql<Channel>`channel`.as('channel'), sql<string>`provider`.as('provider')])
      .select([sql<MessageKind>`kind`.as('kind'), 'cost_currency as costCurrency'])
      .select(({ fn }) => fn.countAll<number>().as('messages'))
      .select(sql<number | null>`sum(segments)`.as('segments'))
      .select(sql<number | null>`sum(cost_micros)`.as('costMicros'))
      .where('id', '>=', bin(firstIdAt(first.from)))
      .where('id', '<', bin(firstIdAt(last.until)))
      .where('provider', 'is not', null)
      .groupBy(['month', 'channel', 'provider', 'kind', 'costCurrency'])
      .orderBy('month')
      .orderBy('channel')
      .orderBy('provider')
      .orderBy('kind')
      .orderBy('costCurrency')
      .execute();
  }
}
