import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Payment } from '../../domain/payment.js';
import type { Refund } from '../../domain/refund.js';
import type { Movement } from '../../ports/gateway-books.js';
import { Dispute } from '../domain/dispute.js';
import { GatewayMovement } from '../domain/gateway-books.js';
import { type FoundDifference, NoteDifference } from './note-difference.js';

/** What a line of the gateway's is about, where we know it. */
export interface Ours {
  readonly payment: Payment | null;
  readonly refund: Refund | null;
}

type About = Omit<FoundDifference, 'kind' | 'here'>;

/** Holds a kept line of the gateway's books against ours. Joins the caller's transaction. */
@Injectable()
export class CompareMovement {
  constructor(
    private readonly em: EntityManager,
    private readonly differences: NoteDifference,
  ) {}

  async execute(movement: Movement, kept: GatewayMovement, ours: Ours): Promise<void> {
    const { provider } = kept;
    const { kind, ref: subjectRef, amount: there } = movement;
    const about = { provider, subjectRef, paymentId: ours.payment?.id ?? null, there };
    if (kind === 'payment') await this.payment(about, ours.payment);
    if (kind === 'dispute' || kind === 'dispute_reversal') await this.dispute(about, movement);
    if (kind === 'refund') await this.refund(about, movement, ours.refund);
    if (kind === 'refund_failure') await this.cameBack(about, movement, ours.refund);
    if (kind !== 'other') return;
    const isPosted = (kept.postedTo ?? null) !== null;
    await this.differences.is(!isPosted && !there.isZero, { ...about, kind: 'other_movement', here: null });
  }

  private async payment(about: About, payment: Payment | null): Promise<void> {
    const here = payment?.state === 'succeeded' ? payment.received : null;
    await this.differences.is(here === null, { ...about, kind: 'missing_here', here: null });
    const differs = here !== null && !here.equals(about.there);
    await this.differences.is(differs, { ...about, kind: 'amount_differs', here });
    if (payment) await this.differences.found(about.provider, payment.id);
  }

  /** A dispute takes what its line takes; what came back of it came back to us too. */
  private async dispute(about: About, { kind, sourceRef: providerRef }: Movement): Promise<void> {
    const { provider, there } = about;
    const dispute = await this.em.findOne(Dispute, { provider, providerRef });
    const isBack = kind === 'dispute_reversal';
    const here = dispute && (!isBack || dispute.state === 'won') ? dispute.amount : null;
    const agrees = here?.equals(isBack ? there : there.negate()) ?? false;
    await this.differences.is(!agrees, { ...about, kind: 'unknown_dispute', here });
  }

  private async refund(about: About, { sourceRef }: Movement, refund: Refund | null): Promise<void> {
    const here = refund?.state === 'failed' ? null : (refund?.amount ?? null);
    const agrees = here?.equals(about.there.negate()) ?? false;
    const differs = !agrees && !(await this.hasComeBack(about.provider, sourceRef));
    await this.differences.is(differs, { ...about, kind: 'unknown_refund', here });
  }

  /** A refund that the bank sent back, and that was none of ours, has changed nothing in the end. */
  private async cameBack(about: About, { sourceRef }: Movement, refund: Refund | null): Promise<void> {
    if (refund || !sourceRef) return;
    const given = await this.em.findOne(GatewayMovement, { provider: about.provider, kind: 'refund', sourceRef });
    if (!given) return;
    const found = { ...about, subjectRef: given.movementRef, kind: 'unknown_refund' as const, here: null };
    await this.differences.is(false, found);
  }

  private async hasComeBack(provider: string, sourceRef: string | null): Promise<boolean> {
    if (!sourceRef) return false;
    return (await this.em.count(GatewayMovement, { provider, kind: 'refund_failure', sourceRef })) > 0;
  }
}
