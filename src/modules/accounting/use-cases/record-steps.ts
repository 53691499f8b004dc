import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import type { AccountingTables } from '../accounting.tables.js';
import { AccountingRecord } from '../domain/record.js';
import type { BookedOrNot } from '../ports/accounting-client.js';
import type { Prepared, Waiting } from './prepare-record.js';
import { SyncLease } from './sync-lease.js';

/** Each step of a record, in a transaction of its own between the calls. */
@Injectable()
export class RecordSteps {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly lease: SyncLease,
    private readonly audit: Audit,
  ) {}

  /** The intent, written before anything goes. @throws LeaseLost when another worker has the books by now */
  @Transaction()
  async begin(id: Id, connectionId: Id, leaseId: Id, keep: Prepared['keep'] = {}): Promise<void> {
    await this.lease.hold(connectionId, leaseId);
    const record = await this.lock(id);
    Object.assign(record, keep);
    record.send(this.clock.now());
  }

  @Transaction()
  async end(id: Id, answer: BookedOrNot, provider: string): Promise<void> {
    const record = await this.lock(id);
    if (answer.outcome === 'rejected') return record.fail(answer.reason);
    if (answer.outcome === 'unknown') return record.lose(answer.reason, this.clock.now());
    if (!record.book(answer, this.clock.now())) return;
    await this.wakeThoseThatWait(record);
    if (record.kind !== 'journal') return;
    const { occurredOn: from, untilOn: until } = record;
    await this.audit.record({ action: 'journal.exported', subjectId: id, details: { from, until, provider } });
  }

  @Transaction()
  async voucherEnded(id: Id, answer: BookedOrNot): Promise<void> {
    const record = await this.lock(id);
    if (answer.outcome === 'booked') record.voucherAttached();
    else if (answer.outcome === 'rejected') record.fail(answer.reason);
    else record.lose(answer.reason, this.clock.now());
  }

  /** This time it was certainly not sent; whether it had been before is as open as it was. */
  @Transaction()
  async putBack(id: Id, at: Date, maybeThere: boolean): Promise<void> {
    const record = await this.lock(id);
    if (maybeThere) record.nextTryAt = at;
    else record.putBack(at);
  }

  /** Nothing was booked of a journal whose period moved while it was read: it is made anew. */
  @Transaction()
  async forget(id: Id): Promise<void> {
    const record = await this.lock(id);
    record.sent = null;
    record.putBack(this.clock.now());
  }

  /** Something of ours is wrong with it: it waits, and the others go on. */
  @Transaction()
  async stumble(id: Id): Promise<void> {
    const record = await this.lock(id);
    const { state } = record;
    record.lose('internal_error', this.clock.now());
    // Nothing went, so there is nothing to look up.
    if (state === 'waiting') record.state = 'waiting';
    record.attempts += 1;
  }

  @Transaction()
  async fail(id: Id, reason: string): Promise<void> {
    (await this.lock(id)).fail(reason);
  }

  /** It waits for another, which is sent again when something of it has changed. */
  @Transaction()
  async wait(id: Id, { waitsFor, changed }: Pick<Waiting, 'waitsFor' | 'changed'>): Promise<void> {
    const other = await this.lock(waitsFor.id);
    const record = await this.lock(id);
    if (changed && other.state === 'booked') other.putAgain(this.clock.now());
    // It was booked while we looked.
    if (other.state === 'booked') record.nextTryAt = this.clock.now();
    else record.waitFor(other);
  }

  /** Nothing was posted to its period that has not been sent. */
  @Transaction()
  async drop(id: Id): Promise<void> {
    const record = await this.lock(id);
    if (record.attempts === 0) this.em.remove(record);
  }

  private async wakeThoseThatWait({ id, connectionId }: AccountingRecord): Promise<void> {
    await globalQuery<AccountingTables>(this.em)
      .updateTable('accounting_records')
      .set({ waits_for: null, next_try_at: this.clock.now() })
      .where('school_id', '=', bin(currentSchool()))
      .where('connection_id', '=', bin(connectionId))
      .where('waits_for', '=', bin(id))
      .execute();
  }

  private lock(id: Id): Promise<AccountingRecord> {
    return this.em.findOneOrFail(AccountingRecord, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
  }
}
