import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { AuditEntrySchema } from '../audit/audit.entities.js';
import { bin, globalQuery, schoolQuery, type Tables } from '../database/query.js';
import type { StoredAnswerSchema } from '../http/idempotency/idempotency.entities.js';
import { currentSchool } from '../tenancy/tenancy.js';
import { type DataSubject, ErasesPersonalData, ExportsPersonalData } from './personal-data.decorators.js';

/** What the platform itself keeps about a person: who did what to his data, and answers kept for a day. */
@Injectable()
export class PlatformPrivacy {
  constructor(private readonly em: EntityManager) {}

  /** The log holds ids alone, and stays. */
  @ExportsPersonalData('auditLog')
  async auditLog({ id, userId }: DataSubject): Promise<unknown> {
    const entries = schoolQuery<Tables<typeof AuditEntrySchema>>(this.em).selectFrom('audit_entries');
    const of = (column: 'subject_id' | 'actor_id', value: typeof id) =>
      entries.select(['at', 'action']).where(column, '=', bin(value)).orderBy('id').execute();
    return { doneToYou: await of('subject_id', id), doneByYou: await of('actor_id', userId) };
  }

  /** His own, and those of staff that tell of him. The key stays taken, so nothing is done a second time. */
  @ErasesPersonalData('storedAnswers')
  async storedAnswers({ id, userId, email }: DataSubject): Promise<null> {
    await globalQuery<Tables<typeof StoredAnswerSchema>>(this.em)
      .updateTable('stored_answers')
      .set({ body: null })
      .where('school_id', '=', bin(currentSchool()))
      .where((where) =>
        where.or([
          where('user_id', '=', bin(userId)),
          sql<boolean>`locate(${id}, body) > 0`,
          sql<boolean>`locate(${email}, body) > 0`,
        ]),
      )
      .execute();
    return null;
  }
}
