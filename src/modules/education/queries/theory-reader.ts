import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { Actor } from '../../../platform/auth/actor.js';
import { Encryption } from '../../../platform/crypto/encryption.js';
import { bin, schoolQuery, type Tables } from '../../../platform/database/query.js';
import type { Id } from '../../../platform/values/id.js';
import { OwnStudents } from '../../students/index.js';
import { activationUrlContext, type TheoryLinkSchema, type TheoryLinkState } from '../domain/theory-link.js';
import type { TestTally } from '../domain/theory-report.js';
import type { TheoryTestResultSchema } from '../domain/theory-test-result.js';

type Db = Tables<typeof TheoryLinkSchema | typeof TheoryTestResultSchema>;

export interface TheoryProgressView extends TestTally {
  readonly lessonsRead: number;
  readonly lessonsTotal: number;
  readonly percent: number;
  readonly completedAt: Date | null;
  readonly asOf: Date | null;
}

export interface TheoryTestView {
  readonly testRef: string;
  readonly takenAt: Date;
  readonly score: number;
  readonly maxScore: number;
  readonly passed: boolean;
}

export interface TheoryView {
  readonly studentId: Id;
  /** `none`: he was never linked. */
  readonly state: TheoryLinkState | 'none';
  readonly problem: string | null;
  readonly activationUrl: string | null;
  readonly requestedAt: Date | null;
  readonly linkedAt: Date | null;
  readonly progress: TheoryProgressView | null;
  readonly tests: readonly TheoryTestView[];
}

const testsShown = 50;

export const progressColumns = [
  'theory_links.lessons_read as lessonsRead',
  'theory_links.lessons_total as lessonsTotal',
  'theory_links.percent',
  'theory_links.completed_at as completedAt',
  'theory_links.as_of as asOf',
  'theory_links.tests_taken as testsTaken',
  'theory_links.tests_passed as testsPassed',
  'theory_links.best_percent as bestPercent',
  'theory_links.last_percent as lastPercent',
  'theory_links.last_test_at as lastTestAt',
] as const;

/** How far one student is with the theory. */
@Injectable()
export class TheoryReader {
  constructor(
    private readonly em: EntityManager,
    private readonly students: OwnStudents,
    private readonly encryption: Encryption,
  ) {}

  /** Of the link that stands, else of the last one. @throws StudentNotFound also when he is none of the actor's business */
  async of(actor: Actor, studentId: Id): Promise<TheoryView> {
    await this.students.get(actor, studentId);
    const link = await this.link(studentId);
    const none = { state: 'none', problem: null, activationUrl: null, requestedAt: null, linkedAt: null } as const;
    if (!link) return { studentId, ...none, progress: null, tests: [] };
    const { id, state, problem, sealed, activatedAt, requestedAt, linkedAt, ...progress } = link;
    // His own, and who helps him: a program has no use for the way into his account.
    const isOfUse = sealed !== null && state === 'linked' && activatedAt === null && actor.role !== 'partner';
    return {
      studentId,
      state,
      problem: actor.isStaff ? problem : null,
      activationUrl: isOfUse ? this.encryption.open(sealed, activationUrlContext(id)) : null,
      requestedAt,
      linkedAt,
      progress,
      tests: await this.tests(id),
    };
  }

  /** Where a student makes his login, empty when he has one; null when the link stands no more. */
  async wayIn(linkId: Id): Promise<string | null> {
    const link = await schoolQuery<Db>(this.em)
      .selectFrom('theory_links')
      .select(['activation_url as sealed', 'activated_at as activatedAt'])
      .where('id', '=', bin(linkId))
      .where('state', '=', 'linked')
      .executeTakeFirst();
    if (!link) return null;
    return link.sealed && !link.activatedAt ? this.encryption.open(link.sealed, activationUrlContext(linkId)) : '';
  }

  private link(studentId: Id) {
    return schoolQuery<Db>(this.em)
      .selectFrom('theory_links')
      .select(['id', 'state', 'problem', 'activation_url as sealed', 'activated_at as activatedAt'])
      .select(['requested_at as requestedAt', 'linked_at as linkedAt'])
      .select(progressColumns)
      .where('student_id', '=', bin(studentId))
      .orderBy(sql`standing is null`)
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
  }

  private tests(linkId: Id): Promise<TheoryTestView[]> {
    return schoolQuery<Db>(this.em)
      .selectFrom('theory_test_results')
      .select(['test_ref as testRef', 'taken_at as takenAt', 'score', 'max_score as maxScore', 'passed'])
      .where('link_id', '=', bin(linkId))
      .orderBy('taken_at', 'desc')
      .orderBy('id', 'desc')
      .limit(testsShown)
      .execute();
  }
}
