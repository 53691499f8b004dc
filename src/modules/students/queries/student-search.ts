import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type RawBuilder, sql } from 'kysely';
import { type Asked, byText, List } from '../../../platform/database/list.js';
import { schoolQuery } from '../../../platform/database/query.js';
import type { Page } from '../../../platform/http/paging.js';
import { searchWords } from '../domain/search-words.js';
import { studentFilters, type StudentSummary, type StudentTables, summaryColumns } from './student-list.js';

/** What is found comes in the order of the words, and of the names of those who have the same. */
const foundStudents = new List({
  id: 'student_search_words.student_id',
  sorts: { entry: byText('student_search_words.entry') },
  defaultSort: 'entry',
  filters: studentFilters,
});

export interface SearchAsked extends Asked<typeof foundStudents> {
  readonly q: string;
}

/** Finds the school's students by the beginnings of their words. */
@Injectable()
export class StudentSearch {
  constructor(private readonly em: EntityManager) {}

  /** Students who have a word for each one of the question's; each comes once. */
  async page(asked: SearchAsked): Promise<Page<StudentSummary>> {
    // The longest word is likely the rarest: the others are looked up for those who have it.
    const [rarest, ...others] = searchWords(asked.q).toSorted((a, b) => b.length - a.length);
    if (rarest === undefined) return { items: [], nextCursor: null };
    const conditions = [beginsWith('student_search_words', rarest), isFirst(rarest), ...others.map(hasWord)];
    return foundStudents.page(
      conditions.reduce((query, condition) => query.where(condition), this.words),
      asked,
    );
  }

  private get words() {
    return (
      schoolQuery<StudentTables>(this.em)
        .selectFrom('student_search_words')
        .innerJoin('students', (join) =>
          join
            .onRef('students.school_id', '=', 'student_search_words.school_id')
            .onRef('students.id', '=', 'student_search_words.student_id'),
        )
        // This way round the index has the rows as they are to come, and no more are read than the page needs.
        .modifyFront(sql`straight_join`)
        .select(summaryColumns)
    );
  }
}

function beginsWith(table: string, word: string): RawBuilder<boolean> {
  return sql`${sql.ref(`${table}.entry`)} like ${`${word.replaceAll(/[\\%_]/g, '\\$&')}%`}`;
}

/** That this is the first word of the student which begins so: Anna Annesen is found once by "an". */
function isFirst(word: string): RawBuilder<boolean> {
  return sql`not exists (${otherWord(word)} and other.entry < student_search_words.entry)`;
}

function hasWord(word: string): RawBuilder<boolean> {
  return sql`exists (${otherWord(word)})`;
}

function otherWord(word: string): RawBuilder<unknown> {
  return sql`select 1 from student_search_words as other
    where other.school_id = student_search_words.school_id and other.student_id = student_search_words.student_id
      and ${beginsWith('other', word)}`;
}
