import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Transaction } from '../../../platform/database/transaction.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { addDays, localDate, weekdayOf, type LocalDate } from '../../../platform/values/zone.js';
import { Scheduling } from '../../schools/index.js';
import { type ExpiringDocument, ExpiringDocuments } from '../../students/index.js';
import { type MessageOrder, QueueMessages } from './queue-messages.js';
import { TellStaff } from './tell-staff.js';

/** So many days before a paper stops counting its student is told: in time for a new one, and once more when it is late. */
export const expiryWarningDays = 30;
const late = 7;

/** Queues what the current school's students and its office hear of papers that expire, by the day it is there. */
@Injectable()
export class QueueDocumentMessages {
  constructor(
    readonly em: EntityManager,
    private readonly scheduling: Scheduling,
    private readonly documents: ExpiringDocuments,
    private readonly queue: QueueMessages,
    private readonly staff: TellStaff,
  ) {}

  /** @param found of the school, may hold a day too many at both ends */
  @Transaction()
  async execute(found: readonly ExpiringDocument[], now: Date): Promise<void> {
    const { zone } = await this.scheduling.school();
    const from = localDate(now, zone);
    const span = { from, until: addDays(from, expiryWarningDays) };
    const due = found.filter(({ expiresOn }) => expiresOn >= span.from && expiresOn <= span.until);
    await this.queue.execute(due.map((each) => orderOf(each, from)));
    if ((await this.documents.countsIn(span)).length > 0) await this.tellOffice(from);
  }

  /** Once a week: on Monday, or on the first day after it on which there is one. */
  private async tellOffice(today: LocalDate): Promise<void> {
    const schoolId = currentSchool();
    const cause = `${schoolId}:${addDays(today, 1 - weekdayOf(today))}`;
    await this.staff.execute({ kind: 'school_documents_expiring', subjectId: schoolId, cause }, ['owner', 'office']);
  }
}

function orderOf({ id, studentUserId, expiresOn }: ExpiringDocument, today: LocalDate): MessageOrder {
  const lead = expiresOn <= addDays(today, late) ? late : expiryWarningDays;
  return {
    kind: 'document_expiring',
    userId: studentUserId,
    subjectId: id,
    cause: `${id}:${expiresOn}:${lead}`,
    params: { expiresOn },
  };
}
