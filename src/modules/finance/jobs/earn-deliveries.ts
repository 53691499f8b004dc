import { EntityManager } from '@mikro-orm/mysql';
import { Injectable, Logger } from '@nestjs/common';
import { bin, globalQuery, type Tables } from '../../../platform/database/query.js';
import { Schedule } from '../../../platform/schedules/schedule.js';
import { acrossSchools, eachInItsSchool } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';
import type { ChargeSchema } from '../domain/charge.js';
import { EarnDeferred } from '../use-cases/earn-deferred.js';

const atOnce = 200;

/** Lessons that have ended and courses that have begun: what was invoiced of them beforehand is revenue now. */
@Injectable()
export class EarnDeliveries {
  private readonly logger = new Logger(EarnDeliveries.name);

  constructor(
    private readonly em: EntityManager,
    private readonly earnDeferred: EarnDeferred,
  ) {}

  @Schedule('finance.earn-deliveries', { every: { minutes: 1 } })
  async run(now: Date): Promise<void> {
    let due = await this.due(now);
    while (due.length > 0) {
      await eachInItsSchool(
        due,
        ({ id }) => this.earnDeferred.execute(id, 'due'),
        (err, { id }) => this.logger.error({ err, id }, 'a delivered charge could not be earned'),
      );
      // Past those that failed: they wait for the next time, and keep nobody behind them waiting.
      due = due.length < atOnce ? [] : await this.due(now, due.at(-1));
    }
  }

  private due(now: Date, after?: { readonly id: Id; readonly deliversAt: Date | null }) {
    return acrossSchools('charges that have been delivered by now', () => {
      const due = globalQuery<Tables<typeof ChargeSchema>>(this.em)
        .selectFrom('charges')
        .select(['id', 'school_id as schoolId', 'delivers_at as deliversAt'])
        .where('delivers_at', '<=', now)
        .orderBy('delivers_at')
        .orderBy('id')
        .limit(atOnce);
      if (!after) return due.execute();
      return due
        .where('delivers_at', '>=', after.deliversAt)
        .where((on) => on.or([on('delivers_at', '>', after.deliversAt), on('id', '>', bin(after.id))]))
        .execute();
    });
  }
}
