import { EntityManager } from '@mikro-orm/mysql';
import { Injectable, Logger } from '@nestjs/common';
import { globalQuery, type Tables } from '../../../../platform/database/query.js';
import { inTransaction } from '../../../../platform/database/transaction.js';
import { Schedule } from '../../../../platform/schedules/schedule.js';
import { acrossSchools, eachInItsSchool } from '../../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../../platform/values/id.js';
import { SavedMethod, type SavedMethodSchema } from '../../domain/saved-method.js';
import { PaymentGateways } from '../../ports/payment-gateways.js';
import { RecordSavedMethod } from '../use-cases/record-saved-method.js';

const atOnce = 200;

/** Asks about pages that nobody has told us of, and tells gateways which methods are removed. */
@Injectable()
export class MindSavedMethods {
  private readonly logger = new Logger(MindSavedMethods.name);

  constructor(
    private readonly em: EntityManager,
    private readonly gateways: PaymentGateways,
    private readonly record: RecordSavedMethod,
  ) {}

  @Schedule('finance.mind-saved-methods', { every: { minutes: 1 } })
  async run(now: Date): Promise<void> {
    await eachInItsSchool(
      await this.due(now),
      ({ id }) => this.mind(id),
      (err, { id }) => this.logger.error({ err, id }, 'a saved method could not be checked'),
    );
  }

  private due(now: Date): Promise<{ id: Id; schoolId: Id }[]> {
    return acrossSchools('saved methods to ask about', () =>
      globalQuery<Tables<typeof SavedMethodSchema>>(this.em)
        .selectFrom('saved_methods')
        .select(['id', 'school_id as schoolId'])
        .where('next_check_at', '<=', now)
        .orderBy('next_check_at')
        .limit(atOnce)
        .execute(),
    );
  }

  private async mind(id: Id): Promise<void> {
    const method = await inTransaction(this.em, () => this.em.findOneOrFail(SavedMethod, { id }));
    const gateway = this.gateways.for(method.provider);
    const account = method.accountRef ?? null;
    if (method.methodRef) {
      await this.record.detached(id, await gateway.detachMethod({ methodRef: method.methodRef, account }));
    } else if (method.setupRef) {
      const answer = await gateway.fetchSavedMethod({ ref: method.setupRef, account });
      if (answer.outcome === 'accepted') await this.record.execute(id, answer.status);
      else await this.record.unclear(id);
    } else {
      // Nobody was ever sent to the page whose address was lost.
      await this.record.execute(id, { state: 'expired', ref: '' });
    }
  }
}
