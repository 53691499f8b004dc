import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery, schoolQuery, type Tables } from '../../../platform/database/query.js';
import type { Id } from '../../../platform/values/id.js';
import type { LocalDate } from '../../../platform/values/zone.js';
import type { DocumentKind, StudentDocumentSchema } from '../domain/student-document.js';
import type { StudentSchema } from '../domain/student.js';

type Db = Tables<typeof StudentDocumentSchema | typeof StudentSchema>;

export interface ExpiringDocument {
  readonly id: Id;
  readonly schoolId: Id;
  readonly studentUserId: Id;
  readonly expiresOn: LocalDate;
}

export interface DocumentCount {
  readonly kind: DocumentKind;
  readonly number: number;
}

export interface DocumentForMessage {
  readonly kind: DocumentKind;
  readonly expiresOn: LocalDate;
  /** The student has handed in one of the same kind that counts longer. */
  readonly isReplaced: boolean;
}

const PORTION = 500;

/** Papers of active students that soon count no more. */
@Injectable()
export class ExpiringDocuments {
  constructor(private readonly em: EntityManager) {}

  /** Of all schools, those whose last day is in the span; by id, a portion at a time. */
  async find(span: { from: LocalDate; until: LocalDate }, after: Id | null): Promise<ExpiringDocument[]> {
    const rows = globalQuery<Db>(this.em)
      .selectFrom('student_documents')
      .innerJoin('students', (on) =>
        on
          .onRef('students.school_id', '=', 'student_documents.school_id')
          .onRef('students.id', '=', 'student_documents.student_id'),
      )
      .select(['student_documents.id', 'student_documents.school_id as schoolId'])
      .select(['students.user_id as studentUserId', 'student_documents.expires_on as expiresOn'])
      .where('student_documents.expires_on', '>=', span.from)
      .where('student_documents.expires_on', '<=', span.until)
      .where('students.status', '=', 'active')
      .orderBy('student_documents.id')
      .limit(PORTION);
    const found = await (after ? rows.where('student_documents.id', '>', bin(after)) : rows).execute();
    return found as ExpiringDocument[];
  }

  /** How many of the current school there are of each kind, but for those that a newer one of the student's replaces. */
  async countsIn(span: { from: LocalDate; until: LocalDate }): Promise<DocumentCount[]> {
    const rows = await schoolQuery<Db>(this.em)
      .selectFrom('student_documents')
      .innerJoin('students', (on) =>
        on
          .onRef('students.school_id', '=', 'student_documents.school_id')
          .onRef('students.id', '=', 'student_documents.student_id'),
      )
      .select(({ fn }) => ['student_documents.kind', fn.countAll().as('number')])
      .where('student_documents.expires_on', '>=', span.from)
      .where('student_documents.expires_on', '<=', span.until)
      .where('students.status', '=', 'active')
      .where((row) =>
        row.not(
          row.exists(
            row
              .selectFrom('student_documents as longer')
              .select('longer.id')
              .whereRef('longer.school_id', '=', 'student_documents.school_id')
              .whereRef('longer.student_id', '=', 'student_documents.student_id')
              .whereRef('longer.kind', '=', 'student_documents.kind')
              .where((is) =>
                is.or([
                  is('longer.expires_on', 'is', null),
                  is('longer.expires_on', '>', is.ref('student_documents.expires_on')),
                ]),
              ),
          ),
        ),
      )
      .groupBy('student_documents.kind')
      .orderBy('student_documents.kind')
      .execute();
    return rows.map(({ kind, number }) => ({ kind, number: Number(number) }));
  }

  /** Of the current school; null when it is gone, or counts for ever. */
  async get(documentId: Id): Promise<DocumentForMessage | null> {
    const row = await schoolQuery<Db>(this.em)
      .selectFrom('student_documents')
      .where('student_documents.id', '=', bin(documentId))
      .select(['kind', 'expires_on as expiresOn', 'student_id as studentId'])
      .executeTakeFirst();
    if (!row?.expiresOn) return null;
    const longer = await schoolQuery<Db>(this.em)
      .selectFrom('student_documents')
      .where('student_id', '=', bin(row.studentId))
      .where('kind', '=', row.kind)
      .where((or) => or.or([or('expires_on', 'is', null), or('expires_on', '>', row.expiresOn)]))
      .select('id')
      .limit(1)
      .executeTakeFirst();
    return { kind: row.kind, expiresOn: row.expiresOn, isReplaced: longer !== undefined };
  }
}
