import { EntityManager } from '@mikro-orm/mysql';
import { Injectable, Logger } from '@nestjs/common';
import { globalQuery, type Tables } from '../../../platform/database/query.js';
import { Schedule } from '../../../platform/schedules/schedule.js';
import { acrossSchools, eachInItsSchool } from '../../../platform/tenancy/tenancy.js';
import type { TheorySettingsSchema } from '../domain/theory-settings.js';
import { TheoryPlatform } from '../ports/theory-platform.js';
import { KeepReadingPlace } from '../use-cases/keep-reading-place.js';
import { RecordTheoryReport } from '../use-cases/record-theory-report.js';

const schoolsAtOnce = 100;

/** Reads once an hour, of each school that uses the platform, what a message should have told. */
@Injectable()
export class ReadTheoryReports {
  private readonly logger = new Logger(ReadTheoryReports.name);

  constructor(
    private readonly em: EntityManager,
    private readonly platform: TheoryPlatform,
    private readonly place: KeepReadingPlace,
    private readonly record: RecordTheoryReport,
  ) {}

  @Schedule('education.read-theory-reports', { every: { minutes: 5 } })
  async run(now: Date): Promise<void> {
    if (!this.platform.isAvailable) return;
    await eachInItsSchool(
      await this.due(now),
      () => this.ofSchool(),
      (error, { schoolId }) => this.logger.error({ err: error, schoolId }, 'the reports of a school are not read'),
    );
  }

  /** A page is kept before its place: whoever is killed in between reads it again, and nothing comes of that. */
  private async ofSchool(): Promise<void> {
    const place = await this.place.begin();
    if (!place) return;
    let after = place.readUntil;
    for (let hasMore = true; hasMore;) {
      const answer = await this.platform.reports(place.accountRef, after);
      if (answer.outcome === 'unknown') {
        this.logger.warn({ reason: answer.reason }, 'the reports of a school are read later');
        return this.place.later(place, answer.againInMs);
      }
      if (answer.outcome === 'cursor_gone') {
        if (after === null) return this.place.later(place);
        after = null;
        continue;
      }
      const { reports, unreadable, next } = answer.page;
      if (unreadable > 0) this.logger.warn({ unreadable }, 'reports that cannot be understood are left out');
      for (const report of reports) await this.record.inItsSchool(report);
      hasMore = answer.page.hasMore && next !== after;
      after = next;
      if (!(await this.place.moveOn(place, after))) return;
    }
    await this.place.done(place);
  }

  private due(now: Date) {
    return acrossSchools('the schools whose reports are to be read', () =>
      globalQuery<Tables<typeof TheorySettingsSchema>>(this.em)
        .selectFrom('theory_settings')
        .select('school_id as schoolId')
        .where('next_read_at', '<=', now)
        .orderBy('next_read_at')
        .limit(schoolsAtOnce)
        .execute(),
    );
  }
}
