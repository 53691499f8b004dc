import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { inTransaction, isDuplicateKey } from '../../../../platform/database/transaction.js';
import { inSchool } from '../../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../../platform/values/id.js';
import { PaymentNotFound } from '../../domain/errors.js';
import type { Answer, Movement, MovementKind, MovementPage, PaymentGateway } from '../../ports/payment-gateway.js';
import { AdvanceRefund } from '../../use-cases/advance-refund.js';
import { Refund } from '../../domain/refund.js';
import { RecordRefundOutcome } from '../../use-cases/record-refund-outcome.js';
import { WhoseCharge } from '../queries/whose-charge.js';
import { AdoptPayment } from './adopt-payment.js';
import { RecordDispute } from './record-dispute.js';
import { RecordMovement } from './record-movement.js';
import { RecordPayout } from './record-payout.js';

/** One account at a gateway: a school's own, or the platform's. */
export interface BooksOf {
  readonly gateway: PaymentGateway;
  readonly account: string | null;
  /** The school whose own it is. */
  readonly owner: Id | null;
}

interface Taken {
  readonly schoolId: Id;
  readonly ref: string;
}

const aboutPayouts: readonly MovementKind[] = ['payout', 'payout_failure'];

const partRef = ({ ref }: Movement, schoolId: Id) => `${ref}/${schoolId}`;

/** Reads the gateway's books from a moment on and holds ours against them. May be repeated: each line counts once. */
@Injectable()
export class ReadGatewayBooks {
  constructor(
    private readonly em: EntityManager,
    private readonly whose: WhoseCharge,
    private readonly adopt: AdoptPayment,
    private readonly advanceRefund: AdvanceRefund,
    private readonly refundOutcomes: RecordRefundOutcome,
    private readonly recordDispute: RecordDispute,
    private readonly recordMovement: RecordMovement,
    private readonly recordPayout: RecordPayout,
  ) {}

  /** @throws Error when the gateway cannot say; the next run asks again */
  async execute(books: BooksOf, since: Date): Promise<void> {
    const { gateway, account } = books;
    const payouts: Movement[] = [];
    const page = (after: string | null) => gateway.listMovements({ account, since, after });
    for await (const movement of lines(page)) {
      if (aboutPayouts.includes(movement.kind)) payouts.push(movement);
      else await this.take(books, movement);
    }
    // The oldest first: what the bank refused is known by the payout that was to bring it, and is in the next one.
    for (const movement of payouts.reverse()) {
      if (movement.kind === 'payout') await this.payout(books, movement, since);
      else await this.take(books, movement);
    }
  }

  /** @returns each school that it is about, and its line there; none when it is nobody's */
  private async take(books: BooksOf, movement: Movement): Promise<readonly Taken[]> {
    const { gateway, account, owner } = books;
    if (movement.kind === 'payout_failure' && !owner) return this.refused(books, movement);
    const schoolId = await this.schoolOf(books, movement);
    if (!schoolId) return [];
    await inSchool(schoolId, async () => {
      await this.catchUp(books, movement);
      await once('gateway_movements_ref', () => this.recordMovement.execute(gateway.provider, account, movement));
    });
    return [{ schoolId, ref: movement.ref }];
  }

  /** A payout of the platform's account that the bank refused: each school's part of it is a line of its own. */
  private async refused({ gateway: { provider }, account }: BooksOf, movement: Movement): Promise<readonly Taken[]> {
    const parts = movement.sourceRef ? await this.whose.paidOut(provider, movement.sourceRef) : [];
    for (const { schoolId, amount } of parts) {
      const part = { ...movement, ref: partRef(movement, schoolId), amount };
      await inSchool(schoolId, () =>
        once('gateway_movements_ref', () => this.recordMovement.execute(provider, account, part)),
      );
    }
    return parts.map(({ schoolId }) => ({ schoolId, ref: partRef(movement, schoolId) }));
  }

  private async schoolOf({ gateway, account, owner }: BooksOf, movement: Movement): Promise<Id | null> {
    const { chargeRef, sourceRef, kind } = movement;
    if (owner) return owner;
    const isDispute = kind === 'dispute' || kind === 'dispute_reversal';
    if (isDispute && sourceRef) {
      const known = await this.whose.disputed(gateway.provider, sourceRef);
      if (known) return known;
    }
    const taken = chargeRef ? await this.whose.school(gateway.provider, account, chargeRef) : null;
    if (taken || !movement.schoolId) return taken;
    // On the platform's own account nobody but us writes a school's name, be it from another installation.
    return (await this.whose.isSchool(movement.schoolId)) ? movement.schoolId : null;
  }

  /** What a webhook should have told: the line is evidence that the gateway can be asked about. */
  private async catchUp({ gateway, account }: BooksOf, movement: Movement): Promise<void> {
    const { kind, paymentId, refundId, chargeRef, sourceRef, amount } = movement;
    if (kind === 'refund_failure') await this.cameBack(movement);
    if (kind === 'payment' && paymentId) await this.adopt.execute(paymentId, chargeRef);
    if (kind === 'refund' && refundId) {
      const ours = await inTransaction(this.em, () => this.em.findOne(Refund, { id: refundId }));
      if (ours) await this.advanceRefund.execute(refundId);
    }
    if ((kind === 'dispute' || kind === 'dispute_reversal') && chargeRef && sourceRef) {
      const state = kind === 'dispute' ? 'opened' : 'won';
      const size = amount.isPositive ? amount : amount.negate();
      const news = { ref: sourceRef, chargeRef, account, state, amount: size, reason: 'unknown' } as const;
      try {
        await once('disputes_ref', () => this.recordDispute.execute(gateway.provider, news));
      } catch (error) {
        if (!(error instanceof PaymentNotFound)) throw error;
      }
    }
  }

  /** The bank sent a refund of ours back, and the message about it was lost. */
  private async cameBack({ refundId, sourceRef }: Movement): Promise<void> {
    const providerRef = sourceRef ?? '';
    const ours = await inTransaction(this.em, () =>
      this.em.findOne(Refund, refundId ? { id: refundId } : { providerRef, state: 'succeeded' }),
    );
    const status = { state: 'failed', ref: providerRef, reason: 'returned' } as const;
    if (ours) await this.refundOutcomes.execute(ours.id, status);
  }

  private async payout(
    books: BooksOf,
    { sourceRef, at: paidAt, amount: { currency } }: Movement,
    since: Date,
  ): Promise<void> {
    if (!sourceRef) return;
    const { gateway, account } = books;
    const refs = new Map<Id, string[]>();
    const page = (after: string | null) => gateway.listPayout(sourceRef, { account, since, after });
    for await (const line of lines(page)) {
      const taken = line.kind === 'payout' ? [] : await this.take(books, line);
      for (const { schoolId, ref } of taken) refs.set(schoolId, [...(refs.get(schoolId) ?? []), ref]);
    }
    for (const [schoolId, movementRefs] of refs) {
      const paidOut = { provider: gateway.provider, payoutRef: sourceRef, paidAt, currency, movementRefs };
      await inSchool(schoolId, () => once('gateway_payouts_ref', () => this.recordPayout.execute(paidOut)));
    }
  }
}

async function* lines(page: (after: string | null) => Promise<Answer<MovementPage>>): AsyncGenerator<Movement> {
  for (let after: string | null = null; ;) {
    const answer = await page(after);
    if (answer.outcome !== 'accepted') throw new Error(`the gateway’s books cannot be read: ${answer.reason}`);
    const { movements, hasMore } = answer.status;
    yield* movements;
    after = movements.at(-1)?.ref ?? null;
    if (!hasMore || !after) return;
  }
}

/** Somebody else does the same at this moment: then it is done. */
async function once(key: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isDuplicateKey(error, key)) throw error;
  }
}
