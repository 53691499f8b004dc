import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery, type Tables } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import { acrossSchools, inSchool } from '../../../platform/tenancy/tenancy.js';
import { isId, newId, type Id } from '../../../platform/values/id.js';
import { TheoryCompleted } from '../domain/events.js';
import { TheoryLink, type TheoryLinkSchema } from '../domain/theory-link.js';
import { newsOfTests, tallyOf, type TheoryReport } from '../domain/theory-report.js';
import { TheoryTestResult } from '../domain/theory-test-result.js';

/** Keeps what a platform reports of a student: in any order and as often as it likes, the newest stands at the end. */
@Injectable()
export class RecordTheoryReport {
  constructor(
    readonly em: EntityManager,
    private readonly outbox: Outbox,
  ) {}

  /** For those who do not know whose student it is. False when it is nobody's here, or not any more. */
  async execute(provider: string, report: TheoryReport): Promise<boolean> {
    if (!isId(report.linkId)) return false;
    const school = await this.schoolOf(provider, report.linkId);
    return school !== null && inSchool(school, () => this.inItsSchool(report));
  }

  /** In the current school. False when the report is about nobody who is linked. */
  @Transaction()
  async inItsSchool(report: TheoryReport): Promise<boolean> {
    if (!isId(report.linkId)) return false;
    const link = await this.em.findOne(TheoryLink, { id: report.linkId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!link?.isAbout(report)) return false;
    const { isThrough } = link.report(report);
    await this.tests(link, report);
    await this.em.flush();
    if (isThrough) await this.outbox.record(new TheoryCompleted({ linkId: link.id, studentId: link.studentId }));
    return true;
  }

  /** An older report may tell of tests that no newer one has told of. */
  private async tests(link: TheoryLink, report: TheoryReport): Promise<void> {
    const { id: linkId, schoolId } = link;
    const all = await this.em.find(TheoryTestResult, { linkId });
    const known = new Map(all.map((test) => [test.resultRef, test]));
    const news = newsOfTests(known, report);
    if (news.length === 0) return;
    for (const test of news) {
      const row = known.get(test.resultRef) ?? Object.assign(new TheoryTestResult(), { id: newId(), schoolId, linkId });
      known.set(test.resultRef, Object.assign(row, test, { version: report.version }));
      this.em.persist(row);
    }
    link.tally(tallyOf([...known.values()]));
  }

  private schoolOf(provider: string, linkId: Id): Promise<Id | null> {
    return acrossSchools('a platform names a link by our own id of it', async () => {
      const row = await globalQuery<Tables<typeof TheoryLinkSchema>>(this.em)
        .selectFrom('theory_links')
        .select('school_id as schoolId')
        .where('id', '=', bin(linkId))
        .where('provider', '=', provider)
        .executeTakeFirst();
      return row?.schoolId ?? null;
    });
  }
}
