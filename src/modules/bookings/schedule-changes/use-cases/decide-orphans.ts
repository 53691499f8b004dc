import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import { AnsweringTransaction } from '../../../../platform/http/idempotency/answering-transaction.js';
import { OrphanSearch } from '../../queries/orphan-search.js';
import { type Decision, listed, type ListedDecision } from '../domain/decision.js';
import { againWhenFaster } from './again-when-faster.js';
import { BookingDecisions } from './booking-decisions.js';

/** Decides afterwards on lessons outside their teachers' hours: all that was decided, or nothing. */
@Injectable()
export class DecideOrphans {
  constructor(
    readonly em: EntityManager,
    private readonly search: OrphanSearch,
    private readonly decisions: BookingDecisions,
  ) {}

  /** @throws DecisionRefused | MoveWithoutTime | DecidedTwice */
  async execute(actor: Actor, decisions: readonly Decision[]): Promise<void> {
    const all = listed(decisions);
    return againWhenFaster(() => this.decide(actor, all));
  }

  @AnsweringTransaction()
  private async decide(actor: Actor, decisions: readonly ListedDecision[]): Promise<void> {
    const orphans = await this.search.among(decisions.map(({ bookingId }) => bookingId));
    await this.decisions.carryOut(actor, decisions, orphans);
  }
}
