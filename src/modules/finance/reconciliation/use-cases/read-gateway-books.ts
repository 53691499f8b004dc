import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { inTransaction, isDuplicateKey } from '../../../../platform/database/transaction.js';
import { inSchool } from '../../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../../platform/values/id.js';
import { PaymentNotFound } from '../../domain/errors.js';
import type { Answer, Movement, MovementPage, PaymentGateway } from '../../ports/payment-gateway.js';
import { AdvanceRefund } from '../../use-cases/advance-refund.js';
import { Refund } from '../../domain/refund.js';
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

/** Reads the gateway's books from a moment on and holds ours against them. May be repeated: each line counts once. */
@Injectable()
export class ReadGatewayBooks {
  constructor(
    private readonly em: EntityManager,
    private readonly whose: WhoseCharge,
    private readonly adopt: AdoptPayment,
    private readonly advanceRefund: AdvanceRefund,
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
      if (movement.kind === 'payout') payouts.push(movement);
      else await this.take(books, movement);
    }
    for (const payout of payouts) await this.payout(books, payout, since);
  }

  /** @returns the school it is about; null when it is none's */
  private async take(books: BooksOf, movement: Movement): Promise<Id | null> {
    const schoolId = await this.schoolOf(books, movement);
    if (!schoolId) return null;
    await inSchool(schoolId, async () => {
      await this.catchUp(books, movement);
      const { gateway, account } = books;
      await once('gateway_movements_ref', () => this.recordMovement.execute(gateway.provider, account, movement));
    });
    return schoolId;
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

  private async payout(books: BooksOf, { sourceRef, at: paidAt }: Movement, since: Date): Promise<void> {
    if (!sourceRef) return;
    const { gateway, account } = books;
    const refs = new Map<Id, string[]>();
    const page = (after: string | null) => gateway.listPayout(sourceRef, { account, since, after });
    for await (const line of lines(page)) {
      const schoolId = line.kind === 'payout' ? null : await this.take(books, line);
      if (schoolId) refs.set(schoolId, [...(refs.get(schoolId) ?? []), line.ref]);
    }
    for (const [schoolId, movementRefs] of refs) {
      const paidOut = { provider: gateway.provider, payoutRef: sourceRef, paidAt, movementRefs };
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
