import { Injectable } from '@nestjs/common';
import { Schedule } from '../../../platform/schedules/schedule.js';
import { acrossSchools, inSchool } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';
import { addDays, localDate } from '../../../platform/values/zone.js';
import { type ExpiringDocument, ExpiringDocuments } from '../../students/index.js';
import { expiryWarningDays, QueueDocumentMessages } from '../use-cases/queue-document-messages.js';

/** Tells students of papers that expire: once at each of the two moments, also when a day was missed; and the office of their number. */
@Injectable()
export class DocumentMessages {
  constructor(
    private readonly documents: ExpiringDocuments,
    private readonly queue: QueueDocumentMessages,
  ) {}

  @Schedule('notifications.expiring-documents', { daily: '09:25' })
  async tell(now: Date): Promise<void> {
    // It may be yesterday or tomorrow already where the school is: each looks at its own day.
    const utc = localDate(now, 'UTC');
    const span = { from: addDays(utc, -1), until: addDays(utc, expiryWarningDays + 1) };
    let after: Id | null = null;
    for (;;) {
      const found: ExpiringDocument[] = await acrossSchools('papers expire in every school at once', () =>
        this.documents.find(span, after),
      );
      for (const [schoolId, ofSchool] of Map.groupBy(found, (each) => each.schoolId))
        await inSchool(schoolId, () => this.queue.execute(ofSchool, now));
      after = found.at(-1)?.id ?? null;
      if (!after) return;
    }
  }
}
