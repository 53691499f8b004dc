import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable, Logger } from '@nestjs/common';
import { assertTransaction } from '../../../../platform/database/transaction.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import type { Money } from '../../../../platform/values/money.js';
import { type DifferenceKind, GatewayDifference } from '../domain/gateway-books.js';

export interface FoundDifference {
  readonly provider: string;
  readonly kind: DifferenceKind;
  readonly subjectRef: string;
  readonly paymentId: Id | null;
  /** What our books say; null when nothing. */
  readonly here: Money | null;
  /** What the gateway says, or what we miss there. */
  readonly there: Money;
}

/** Notes what differs, once a thing, that it no longer does, and that it does again. What somebody has dismissed stays dismissed. */
@Injectable()
export class NoteDifference {
  private readonly logger = new Logger(NoteDifference.name);

  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  /** Joins the caller's transaction. */
  async is(differs: boolean, found: FoundDifference): Promise<void> {
    assertTransaction('a difference');
    const { provider, kind, subjectRef } = found;
    const lockMode = LockMode.PESSIMISTIC_WRITE;
    const known = await this.em.findOne(GatewayDifference, { provider, kind, subjectRef }, { lockMode });
    if (!differs) {
      known?.settle('resolved', this.clock.now(), null);
      return;
    }
    if (known && known.state === 'dismissed') return;
    if (known) {
      Object.assign(known, saidOf(found));
      if (!known.reopen(this.clock.now())) return;
    } else this.create(found);
    await this.em.flush();
    this.logger.warn({ kind, provider, subjectRef }, 'the gateway’s books differ from ours');
  }

  /** The gateway has a line for that payment after all. */
  async found(provider: string, paymentId: Id): Promise<void> {
    const wanted = { provider, kind: 'missing_there' as const, subjectRef: paymentId };
    const missing = await this.em.findOne(GatewayDifference, wanted, { lockMode: LockMode.PESSIMISTIC_WRITE });
    missing?.settle('resolved', this.clock.now(), null);
  }

  private create(found: FoundDifference): void {
    const { provider, kind, subjectRef } = found;
    this.em.create(GatewayDifference, {
      id: newId(),
      schoolId: currentSchool(),
      provider,
      kind,
      subjectRef,
      ...saidOf(found),
      state: 'open',
      foundAt: this.clock.now(),
      settledAt: null,
      settledBy: null,
      reason: null,
    });
  }
}

/** Nothing is there of what is missing there, or cannot be asked for. */
const notThere: readonly DifferenceKind[] = ['missing_there', 'provider_unbound'];

function saidOf({ kind, paymentId, here, there }: FoundDifference) {
  return {
    paymentId,
    hereMinor: here?.amount ?? null,
    hereCurrency: here?.currency ?? null,
    thereMinor: notThere.includes(kind) ? null : there.amount,
    currency: there.currency,
  };
}
