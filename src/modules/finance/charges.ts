import { Injectable } from '@nestjs/common';
import type { Id } from '../../platform/values/id.js';
import type { ChargeSource } from './domain/charge.js';
import { CancelCharge } from './use-cases/cancel-charge.js';
import { PlanDelivery } from './use-cases/plan-delivery.js';
import { ReverseDelivery } from './use-cases/reverse-delivery.js';
import { RecordCharge, type ChargeCommand } from './use-cases/record-charge.js';

/** What other modules sell through: each call joins the caller's transaction and school. */
@Injectable()
export class Charges {
  constructor(
    private readonly recordCharge: RecordCharge,
    private readonly cancelCharge: CancelCharge,
    private readonly planDelivery: PlanDelivery,
    private readonly reverseDelivery: ReverseDelivery,
  ) {}

  /**
   * The student owes this from now on. The same source is recorded once: a repeat does nothing.
   * @returns the charge's id
   */
  record(command: ChargeCommand): Promise<Id> {
    return this.recordCharge.execute(command);
  }

  /** Nothing is owed for this source any more: an open charge is voided, an invoiced one credited. Does nothing when there is none. */
  async cancel(source: ChargeSource, sourceId: Id): Promise<void> {
    await this.cancelCharge.execute(source, [sourceId]);
  }

  /**
   * It is delivered at another time than was said, or by another teacher: what is invoiced of it becomes revenue then. Does nothing once
   * that has happened.
   */
  deliverAt(
    sources: readonly ChargeSource[],
    sourceIds: readonly Id[],
    at: Date,
    earnedById?: Id | null,
  ): Promise<void> {
    return this.planDelivery.execute(sources, sourceIds, at, earnedById);
  }

  /** It has not been delivered, whatever was said: it is at that time, unless that is over. What had become revenue is deferred again. */
  notDelivered(source: ChargeSource, sourceId: Id, until: Date): Promise<void> {
    return this.reverseDelivery.execute(source, sourceId, until);
  }
}
