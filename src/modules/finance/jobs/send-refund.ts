import { Injectable } from '@nestjs/common';
import type { EventOf } from '../../../platform/outbox/event.js';
import { Handles } from '../../../platform/outbox/handles.js';
import { RefundRequested } from '../domain/events.js';
import { AdvanceRefund } from '../use-cases/advance-refund.js';

/** Asks the gateway for a refund as soon as it has been decided. */
@Injectable()
export class SendRefund {
  constructor(private readonly advanceRefund: AdvanceRefund) {}

  @Handles(RefundRequested, { name: 'finance.send-refund', mode: 'external' })
  async handle({ payload }: EventOf<RefundRequested>): Promise<void> {
    await this.advanceRefund.execute(payload.refundId);
  }
}
