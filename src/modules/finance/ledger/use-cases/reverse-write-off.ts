import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { localDate } from '../../../../platform/values/zone.js';
import { receivables, writeOffs } from '../../domain/account-plan.js';
import { Invoice } from '../../domain/invoice.js';
import { WriteOff } from '../../domain/write-off.js';
import { SellerReader } from '../../queries/seller-reader.js';
import { PostTransfers } from '../../use-cases/post-transfers.js';
import { WriteOffNotFound, WriteOffReversed } from '../domain/errors.js';

/** The student pays after all, or the loss was a mistake: he owes it again. */
@Injectable()
export class ReverseWriteOff {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly sellers: SellerReader,
    private readonly postTransfers: PostTransfers,
    private readonly audit: Audit,
  ) {}

  /** @throws WriteOffNotFound, WriteOffReversed */
  @Transaction()
  async execute(actor: Actor, writeOffId: Id, reason: string): Promise<void> {
    const { writeOff, invoice } = await this.lock(writeOffId);
    if (!writeOff.stands) throw new WriteOffReversed();
    const now = this.clock.now();
    writeOff.reverse(actor.id, now, reason);
    invoice.reverseWriteOff(writeOff.amount);
    await this.em.flush();
    const { zone } = await this.sellers.terms();
    const voucher = { source: 'write_off_reversal', sourceId: writeOffId, occurredOn: localDate(now, zone) } as const;
    await this.postTransfers.execute(voucher, [
      { debit: receivables(invoice.studentId), credit: writeOffs(), amount: writeOff.amount },
    ]);
    const { auditDetails: details } = writeOff;
    await this.audit.record({ action: 'write_off.reversed', subjectId: writeOffId, details });
  }

  /** The invoice first, as whoever else settles it. */
  private async lock(id: Id): Promise<{ writeOff: WriteOff; invoice: Invoice }> {
    const found = await this.em.findOne(WriteOff, { id });
    if (!found) throw new WriteOffNotFound();
    const how = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } as const;
    const invoice = await this.em.findOneOrFail(Invoice, { id: found.invoiceId }, how);
    return { writeOff: await this.em.findOneOrFail(WriteOff, { id }, how), invoice };
  }
}
