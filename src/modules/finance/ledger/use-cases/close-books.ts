import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { bin, globalQuery, lockedAsItIs, type Tables } from '../../../../platform/database/query.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import { addDays, localDate, type LocalDate } from '../../../../platform/values/zone.js';
import { LedgerBooks, type LedgerBooksSchema, LedgerClosing } from '../../domain/books.js';
import { SellerReader } from '../../queries/seller-reader.js';
import { ClosedAlready, ClosingNotFound, NotLatestClosing, PeriodNotOver } from '../domain/errors.js';

/** Closes the school's books up to a day, and opens them again. Waits for whatever is being posted, and what comes after waits for it. */
@Injectable()
export class CloseBooks {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly sellers: SellerReader,
    private readonly audit: Audit,
  ) {}

  /** @returns the closing's id. @throws PeriodNotOver, ClosedAlready */
  @Transaction()
  async close(actor: Actor, through: LocalDate): Promise<Id> {
    const { zone } = await this.sellers.terms();
    const books = await this.locked();
    const closedAt = this.clock.now();
    const yesterday = addDays(localDate(closedAt, zone), -1);
    if (through > yesterday) throw new PeriodNotOver(yesterday);
    const { closedThrough } = books;
    if (closedThrough && through <= closedThrough) throw new ClosedAlready(closedThrough);
    const closing = LedgerClosing.of({
      id: newId(),
      schoolId: currentSchool(),
      closedThrough: through,
      closedBy: actor.id,
      closedAt,
      reopenedBy: null,
      reopenedAt: null,
      reopenReason: null,
    });
    this.em.persist(closing);
    books.closedThrough = through;
    await this.em.flush();
    await this.audit.record({ action: 'books.closed', subjectId: closing.id, details: { through } });
    return closing.id;
  }

  /** The latest closing alone, so that what was closed before it stays closed. @throws ClosingNotFound, NotLatestClosing */
  @Transaction()
  async reopen(actor: Actor, closingId: Id, reason: string): Promise<void> {
    const books = await this.locked();
    const closing = await this.em.findOne(LedgerClosing, { id: closingId });
    if (!closing) throw new ClosingNotFound();
    const standing = await this.em.find(
      LedgerClosing,
      { reopenedAt: null },
      { orderBy: { closedThrough: 'desc' }, limit: 2 },
    );
    const [latest, before] = standing;
    if (latest?.id !== closingId) throw new NotLatestClosing();
    closing.reopen({ by: actor.id, at: this.clock.now(), reason });
    books.closedThrough = before?.closedThrough ?? null;
    await this.em.flush();
    const details = { through: closing.closedThrough, closedThrough: books.closedThrough };
    await this.audit.record({ action: 'books.reopened', subjectId: closingId, details });
  }

  /** A school that has posted nothing yet has no row, and what is not there cannot be locked. */
  private async locked(): Promise<LedgerBooks> {
    const schoolId = currentSchool();
    await globalQuery<Tables<typeof LedgerBooksSchema>>(this.em)
      .insertInto('ledger_books')
      .values({ school_id: bin(schoolId), closed_through: null })
      .onDuplicateKeyUpdate(lockedAsItIs)
      .execute();
    const lockMode = LockMode.PESSIMISTIC_WRITE;
    return this.em.findOneOrFail(LedgerBooks, { schoolId }, { lockMode, refresh: true });
  }
}
