import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { OwnStudents } from '../../../students/index.js';
import { WaitingListEntry } from '../domain/waiting-list-entry.js';
import { EntryNotFound } from '../domain/waiting-list-problems.js';
import { type EntryView, WaitingListReader } from '../queries/waiting-list-reader.js';
import { CloseOffers } from './close-offers.js';

/** Takes a student off the waiting list, with what he was offered from it. */
@Injectable()
export class LeaveWaitingList {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly students: OwnStudents,
    private readonly closing: CloseOffers,
    private readonly reader: WaitingListReader,
    private readonly audit: Audit,
  ) {}

  /** @throws EntryNotFound | EntryClosed */
  @Transaction()
  async execute(actor: Actor, entryId: Id): Promise<EntryView> {
    const entry = await this.em.findOne(WaitingListEntry, { id: entryId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!entry || !(await this.students.includes(actor, entry.studentId))) throw new EntryNotFound();
    entry.withdraw(this.clock.now());
    await this.em.flush();
    await this.closing.withdrawOf(entryId);
    const details = { studentId: entry.studentId };
    await this.audit.record({ action: 'waiting_list.left', subjectId: entryId, details });
    return this.reader.get(actor, entryId);
  }
}
