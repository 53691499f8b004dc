import { Injectable } from '@nestjs/common';
import { Schedule } from '../../../platform/schedules/schedule.js';
import { acrossSchools, inSchool } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';
import { addDays, localDate, type LocalDate } from '../../../platform/values/zone.js';
import { type ExpiringDocument, ExpiringDocuments } from '../../students/index.js';
import { type MessageOrder, QueueMessages } from '../use-cases/queue-messages.js';

/** So many days before a paper stops counting its student is told: in time for a new one, and once more when it is late. */
const early = 30;
const late = 7;

/** Tells students of papers that expire: once at each of the two moments, also when a day was missed. */
@Injectable()
export class DocumentMessages {
  constructor(
    private readonly documents: ExpiringDocuments,
    private readonly queue: QueueMessages,
  ) {}

  @Schedule('notifications.expiring-documents', { daily: '09:25' })
  async tell(now: Date): Promise<void> {
    const today = localDate(now, 'Europe/Copenhagen');
    const span = { from: today, until: addDays(today, early) };
    let after: Id | null = null;
    for (;;) {
      const found: ExpiringDocument[] = await acrossSchools('papers expire in every school at once', () =>
        this.documents.find(span, after),
      );
      for (const [schoolId, ofSchool] of Map.groupBy(found, (each) => each.schoolId))
        await inSchool(schoolId, () => this.queue.execute(ofSchool.map((each) => orderOf(each, today))));
      after = found.at(-1)?.id ?? null;
      if (!after) return;
    }
  }
}

function orderOf({ id, studentUserId, expiresOn }: ExpiringDocument, today: LocalDate): MessageOrder {
  const lead = expiresOn <= addDays(today, late) ? late : early;
  return {
    kind: 'document_expiring',
    userId: studentUserId,
    subjectId: id,
    cause: `${id}:${expiresOn}:${lead}`,
    params: { expiresOn },
  };
}
