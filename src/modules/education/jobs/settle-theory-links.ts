import { EntityManager } from '@mikro-orm/mysql';
import { Injectable, Logger } from '@nestjs/common';
import { bin, globalQuery, schoolQuery, type Tables } from '../../../platform/database/query.js';
import type { EventOf } from '../../../platform/outbox/event.js';
import { Handles } from '../../../platform/outbox/handles.js';
import { Schedule } from '../../../platform/schedules/schedule.js';
import { acrossSchools, eachInItsSchool } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';
import { Scheduling } from '../../schools/index.js';
import { StudentDirectory } from '../../students/index.js';
import { TheoryLinkDue, TheoryLinked } from '../domain/events.js';
import type { TheoryLinkSchema } from '../domain/theory-link.js';
import { type LinkAnswer, TheoryPlatform } from '../ports/theory-platform.js';
import { RecordTheoryAnswer, type TheoryAttempt } from '../use-cases/record-theory-answer.js';
import { RecordTheoryReport } from '../use-cases/record-theory-report.js';

const atOnce = 100;

/** Asks the platform to link students and to let them go: at once when somebody wishes it, and again until it has answered. */
@Injectable()
export class SettleTheoryLinks {
  private readonly logger = new Logger(SettleTheoryLinks.name);

  constructor(
    private readonly em: EntityManager,
    private readonly platform: TheoryPlatform,
    private readonly students: StudentDirectory,
    private readonly scheduling: Scheduling,
    private readonly answers: RecordTheoryAnswer,
    private readonly reports: RecordTheoryReport,
  ) {}

  @Handles(TheoryLinkDue, { name: 'education.settle-theory-link', mode: 'external' })
  async due({ payload: { linkId } }: EventOf<TheoryLinkDue>): Promise<void> {
    await this.settle(linkId);
  }

  /** Somebody who was there before has done something already, and may have been told of before we knew him. */
  @Handles(TheoryLinked, { name: 'education.read-theory-of-linked', mode: 'external' })
  async linked({ payload: { linkId } }: EventOf<TheoryLinked>): Promise<void> {
    const accountRef = await this.accountOf(linkId);
    if (!accountRef) return;
    const answer = await this.platform.progress({ accountRef, linkId });
    if (answer.outcome === 'unknown') throw new Error(`the theory of a linked student was not read: ${answer.reason}`);
    if (answer.outcome === 'read' && answer.report) await this.reports.inItsSchool(answer.report);
  }

  @Schedule('education.settle-theory-links', { every: { minutes: 1 } })
  async again(now: Date): Promise<void> {
    if (!this.platform.isAvailable) return;
    await eachInItsSchool(
      await this.allDue(now),
      ({ id }) => this.settle(id),
      (error, { id, schoolId }) =>
        this.logger.error({ err: error, linkId: id, schoolId }, 'a theory link is not settled'),
    );
  }

  private async settle(linkId: Id): Promise<void> {
    const attempt = await this.answers.begin(linkId);
    if (!attempt) return;
    if (attempt.wish === 'link') return this.answers.ofLink(linkId, await this.link(attempt));
    return this.answers.ofUnlink(linkId, await this.platform.unlink(attempt));
  }

  /** After an attempt of which nobody knows, the platform is asked first what came of it. */
  private async link(attempt: TheoryAttempt): Promise<LinkAnswer> {
    const before = attempt.isFirst ? null : await this.platform.find(attempt);
    if (before) return before;
    const { email, name } = await this.students.get(attempt.studentId);
    const { locale } = await this.scheduling.school();
    return this.platform.link({ ...attempt, email, name, language: locale });
  }

  private async accountOf(linkId: Id): Promise<string | null> {
    const link = await schoolQuery<Tables<typeof TheoryLinkSchema>>(this.em)
      .selectFrom('theory_links')
      .select('account_ref as accountRef')
      .where('id', '=', bin(linkId))
      .where('state', '=', 'linked')
      .executeTakeFirst();
    return link?.accountRef ?? null;
  }

  private allDue(now: Date) {
    return acrossSchools('links of every school whose turn has come', () =>
      globalQuery<Tables<typeof TheoryLinkSchema>>(this.em)
        .selectFrom('theory_links')
        .select(['id', 'school_id as schoolId'])
        .where('next_try_at', '<=', now)
        .orderBy('next_try_at')
        .orderBy('id')
        .limit(atOnce)
        .execute(),
    );
  }
}
