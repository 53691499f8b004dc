import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { schoolQuery, bin, type Tables } from '../../../platform/database/query.js';
import {
  type DataSubject,
  ErasesPersonalData,
  ExportsPersonalData,
} from '../../../platform/privacy/personal-data.decorators.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import { ForgetWebhooks } from '../../../platform/webhooks/forget-webhooks.js';
import { Clock } from '../../../platform/values/clock.js';
import { TheoryLinkDue } from '../domain/events.js';
import { TheoryLink, type TheoryLinkSchema } from '../domain/theory-link.js';
import { TheoryTestResult, type TheoryTestResultSchema } from '../domain/theory-test-result.js';

type Db = Tables<typeof TheoryLinkSchema | typeof TheoryTestResultSchema>;

/** Where a student learnt the theory, and how far he came. */
@Injectable()
export class TheoryPrivacy {
  constructor(
    private readonly em: EntityManager,
    private readonly webhooks: ForgetWebhooks,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  @ExportsPersonalData('theory')
  async export({ id }: DataSubject): Promise<unknown> {
    const links = await schoolQuery<Db>(this.em)
      .selectFrom('theory_links')
      .select(['id', 'provider', 'external_ref as externalId', 'state', 'requested_at as requestedAt'])
      .select(['linked_at as linkedAt', 'activated_at as activatedAt', 'ended_at as endedAt', 'as_of as asOf'])
      .select(['lessons_read as lessonsRead', 'lessons_total as lessonsTotal', 'completed_at as completedAt'])
      .where('student_id', '=', bin(id))
      .orderBy('id')
      .execute();
    const tests = await schoolQuery<Db>(this.em)
      .selectFrom('theory_test_results')
      .innerJoin('theory_links', (join) =>
        join
          .onRef('theory_links.school_id', '=', 'theory_test_results.school_id')
          .onRef('theory_links.id', '=', 'theory_test_results.link_id'),
      )
      .select(['test_ref as test', 'taken_at as takenAt', 'score', 'max_score as maxScore', 'passed'])
      .where('theory_links.student_id', '=', bin(id))
      .orderBy('taken_at')
      .execute();
    return { links, tests };
  }

  /** That there was a link stays, to be ended at the platform; nothing of what he did does. */
  @ErasesPersonalData('theory')
  async erase({ id: studentId }: DataSubject): Promise<null> {
    const links = await this.em.find(TheoryLink, { studentId });
    if (links.length > 0) await this.webhooks.telling(links.map(({ id }) => id));
    for (const link of links) {
      const wasStanding = link.standing;
      link.forget(this.clock.now());
      await this.em.nativeDelete(TheoryTestResult, { linkId: link.id });
      await this.em.flush();
      if (wasStanding) await this.outbox.record(new TheoryLinkDue({ linkId: link.id }));
    }
    return null;
  }
}
