import { EntityManager } from '@mikro-orm/mysql';
import { Injectable, Logger } from '@nestjs/common';
import { globalQuery, type Tables } from '../../../platform/database/query.js';
import { Schedule } from '../../../platform/schedules/schedule.js';
import { acrossSchools, inSchool } from '../../../platform/tenancy/tenancy.js';
import type { ChargeSchema } from '../domain/charge.js';
import { EarnDeferred } from '../use-cases/earn-deferred.js';

const atOnce = 500;

/** Lessons that have ended and courses that have begun: what was invoiced of them beforehand is revenue now. */
@Injectable()
export class EarnDeliveries {
  private readonly logger = new Logger(EarnDeliveries.name);

  constructor(
    private readonly em: EntityManager,
    private readonly earnDeferred: EarnDeferred,
  ) {}

  /** One that fails does not keep the others from their turn. */
  @Schedule('finance.earn-deliveries', { every: { minutes: 1 } })
  async run(now: Date): Promise<void> {
    for (const { id, schoolId } of await this.due(now)) {
      try {
        await inSchool(schoolId, () => this.earnDeferred.execute(id, 'due'));
      } catch (error) {
        this.logger.error({ err: error, id }, 'a delivered charge could not be earned');
      }
    }
  }

  private due(now: Date) {
    return acrossSchools('charges that have been delivered by now', () =>
      globalQuery<Tables<typeof ChargeSchema>>(this.em)
        .selectFrom('charges')
        .select(['id', 'school_id as schoolId'])
        .where('delivers_at', '<=', now)
        .orderBy('delivers_at')
        .limit(atOnce)
        .execute(),
    );
  }
}
