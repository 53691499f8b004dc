import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { StudentDirectory } from '../../students/index.js';
import { TheoryLinkDue } from '../domain/events.js';
import { TheoryLink } from '../domain/theory-link.js';
import { StudentNotLearning, TheoryNotEnabled } from '../domain/theory-problems.js';
import { TheorySettings } from '../domain/theory-settings.js';
import { TheoryPlatform } from '../ports/theory-platform.js';

/** Wants a student linked: the platform is asked by a job, until it has answered. */
@Injectable()
export class RequestTheoryLink {
  constructor(
    readonly em: EntityManager,
    private readonly platform: TheoryPlatform,
    private readonly students: StudentDirectory,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** One who is linked, or waits for it, stays as he is. @throws StudentNotFound, TheoryNotEnabled, StudentNotLearning */
  @Transaction()
  async execute(studentId: Id): Promise<void> {
    const { status } = await this.students.get(studentId);
    const settings = await this.settings();
    if (!settings?.enabled) throw new TheoryNotEnabled();
    if (status !== 'active') throw new StudentNotLearning();
    await this.ask(studentId, settings);
  }

  /** As the school has it: nothing, unless it links everybody who enrols. */
  @Transaction()
  async asConfigured(studentId: Id): Promise<void> {
    const settings = await this.settings();
    if (!settings?.enabled || !settings.linkOnEnrolment) return;
    const [student] = await this.students.several([studentId]);
    if (student?.status === 'active') await this.ask(studentId, settings);
  }

  private async ask(studentId: Id, { accountRef }: TheorySettings): Promise<void> {
    const now = this.clock.now();
    const lock = { lockMode: LockMode.PESSIMISTIC_WRITE };
    const standing = await this.em.findOne(TheoryLink, { studentId, standing: true }, lock);
    if (standing && standing.state !== 'failed') return;
    const { provider } = this.platform;
    const of = { schoolId: currentSchool(), studentId, provider, accountRef: accountRef! };
    const link = standing ?? TheoryLink.request(of, now);
    link.tryAgain(now);
    await this.em.persist(link).flush();
    await this.outbox.record(new TheoryLinkDue({ linkId: link.id }));
    await this.audit.record({
      action: 'student.theory_link_requested',
      subjectId: studentId,
      details: { linkId: link.id },
    });
  }

  /** Locked: of two who ask at once the second sees the first’s link, and nobody is linked while it is turned off. */
  private settings(): Promise<TheorySettings | null> {
    const lock = { lockMode: LockMode.PESSIMISTIC_WRITE };
    return this.em.findOne(TheorySettings, { schoolId: currentSchool() }, lock);
  }
}
