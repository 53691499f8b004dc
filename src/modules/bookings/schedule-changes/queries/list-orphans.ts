import { Injectable } from '@nestjs/common';
import { type Page, pageOf } from '../../../../platform/http/paging.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { Scheduling } from '../../../schools/index.js';
import { type AskedDates, rangeOf } from '../../queries/date-range.js';
import { type Orphan, OrphanSearch } from '../../queries/orphan-search.js';
import { positionKey, positionOf } from '../../queries/page-position.js';
import { type OrphanView, OrphanViews } from './orphan-views.js';
import { MOST_OTHERS, OtherEntries, type OtherEntry } from './other-entries.js';

export interface OrphansQuestion extends AskedDates {
  readonly teacherId?: Id;
  /** Those too that somebody has decided to keep. */
  readonly includeKept?: boolean;
  readonly limit: number;
  readonly cursor?: string;
}

export interface OrphansPage extends Page<OrphanView> {
  /** Classes and exams that do not fit either; on the first page alone. */
  readonly otherEntries: readonly OtherEntry[];
}

/** The lessons outside their teachers' hours that wait for a decision: found anew each time, so none is forgotten. */
@Injectable()
export class ListOrphans {
  constructor(
    private readonly clock: Clock,
    private readonly scheduling: Scheduling,
    private readonly search: OrphanSearch,
    private readonly views: OrphanViews,
    private readonly others: OtherEntries,
  ) {}

  /** @throws RangeInvalid | InvalidRequest naming `cursor` | TeacherNotFound */
  async execute({ teacherId, includeKept = false, limit, cursor, ...dates }: OrphansQuestion): Promise<OrphansPage> {
    const { zone } = await this.scheduling.school();
    const now = this.clock.now();
    const range = rangeOf(dates, zone, now, { defaultDays: 62, maxDays: 366 });
    if (teacherId) await this.scheduling.teacher(teacherId);
    const after = positionOf(cursor);
    const from = new Date(Math.max(now.getTime(), range.start.getTime()));
    const question = { teacherId: teacherId ?? null, from, until: range.end };
    const found: Orphan[] = [];
    for await (const orphan of this.search.each(question, after && { startsAt: after.startsAt, bookingId: after.id })) {
      if ((includeKept || orphan.keptAt === null) && found.push(orphan) > limit) break;
    }
    const page = pageOf(await this.views.of(found), limit, ({ startsAt, bookingId }) =>
      positionKey({ startsAt, id: bookingId }),
    );
    return { ...page, otherEntries: after ? [] : (await this.others.outside(question)).slice(0, MOST_OTHERS) };
  }
}
