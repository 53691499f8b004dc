import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { type Asked, byAge, byNumber, is, List, type ListFilter } from '../../../platform/database/list.js';
import { schoolQuery, type Tables } from '../../../platform/database/query.js';
import type { Page } from '../../../platform/http/paging.js';
import type { Id } from '../../../platform/values/id.js';
import type { StudentSchema } from '../../students/index.js';
import type { TheoryLinkSchema, TheoryLinkState } from '../domain/theory-link.js';
import { progressColumns, type TheoryProgressView } from './theory-reader.js';

export interface TheoryListItem extends TheoryProgressView {
  readonly id: Id;
  readonly studentId: Id;
  readonly studentName: string;
  readonly state: TheoryLinkState;
  readonly requestedAt: Date;
}

const completed: ListFilter<boolean> = (wanted) =>
  wanted ? sql`theory_links.completed_at is not null` : sql`theory_links.completed_at is null`;

export const theoryList = new List({
  id: 'theory_links.id',
  sorts: { requestedAt: byAge, percent: byNumber('theory_links.percent') },
  defaultSort: '-requestedAt',
  filters: { state: is<TheoryLinkState>('theory_links.state'), completed },
});

/** How far the school's students are, for those who teach them: whoever is linked or waits for it. */
@Injectable()
export class TheoryList {
  constructor(private readonly em: EntityManager) {}

  page(asked: Asked<typeof theoryList>): Promise<Page<TheoryListItem>> {
    return theoryList.page(this.rows, asked);
  }

  private get rows() {
    return schoolQuery<Tables<typeof TheoryLinkSchema | typeof StudentSchema>>(this.em)
      .selectFrom('theory_links')
      .innerJoin('students', (join) =>
        join
          .onRef('students.school_id', '=', 'theory_links.school_id')
          .onRef('students.id', '=', 'theory_links.student_id'),
      )
      .where('theory_links.standing', '=', true)
      .select(['theory_links.id', 'theory_links.student_id as studentId', 'students.name as studentName'])
      .select(['theory_links.state', 'theory_links.requested_at as requestedAt'])
      .select(progressColumns);
  }
}
