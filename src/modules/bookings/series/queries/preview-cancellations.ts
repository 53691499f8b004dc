import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import type { Id } from '../../../../platform/values/id.js';
import type { Money } from '../../../../platform/values/money.js';
import { refusedLesson, type RefusedLesson } from '../domain/series-problems.js';
import { CancellationCosts, type CancellationAsked } from '../use-cases/cancellation-costs.js';

export interface CancellationsPreview {
  /** All fees together. */
  readonly fee: Money;
  /** In order of time. */
  readonly lessons: readonly { readonly bookingId: Id; readonly startsAt: Date; readonly fee: Money }[];
  readonly refused: readonly RefusedLesson[];
}

/** What cancelling several lessons would cost, one by one and altogether. */
@Injectable()
export class PreviewCancellations {
  constructor(
    readonly em: EntityManager,
    private readonly costs: CancellationCosts,
  ) {}

  /** @throws what says which lessons are meant */
  @Transaction()
  async execute(actor: Actor, asked: CancellationAsked): Promise<CancellationsPreview> {
    const { placed, refused, fee } = await this.costs.of(actor, asked);
    const lessons = placed.map(({ booking: { id, startsAt }, fee: each }) => ({ bookingId: id, startsAt, fee: each }));
    return { fee, lessons, refused: refused.map(refusedLesson) };
  }
}
