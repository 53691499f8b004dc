import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type InsertObject, sql } from 'kysely';
import { bin, globalQuery, type Tables } from '../database/query.js';
import { assertTransaction, writeAtCommit } from '../database/transaction.js';
import { logContext } from '../observability/log-context.js';
import { currentSchoolOrNull } from '../tenancy/tenancy.js';
import { Clock } from '../values/clock.js';
import { type Id, newIdAt } from '../values/id.js';
import { currentlyActing } from './acting.js';
import type { AuditDetails, AuditEntrySchema } from './audit.entities.js';

type AuditTables = Tables<typeof AuditEntrySchema>;
type NewEntry = InsertObject<AuditTables, 'audit_entries'>;

export interface AuditedAct {
  /** `student.updated`: the subject's kind, and what was done to it. */
  readonly action: string;
  readonly subjectId?: Id;
  readonly details?: AuditDetails;
  /** The school it belongs to when it is not the current one. */
  readonly schoolId?: Id;
}

/** Writes down what was done with money, access and personal data, in the transaction of the deed itself. */
@Injectable()
export class Audit {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  /** Who did it, in which request and when, comes from the surroundings. Needs an open transaction, and is written at its end. */
  async record({
    action,
    subjectId,
    details,
    schoolId = currentSchoolOrNull() ?? undefined,
  }: AuditedAct): Promise<void> {
    assertTransaction('Audit.record()');
    const { kind, id, role, name = null } = currentlyActing();
    const at = this.clock.now();
    writeAtCommit(
      {
        id: bin(newIdAt(at)),
        school_id: schoolId ? bin(schoolId) : null,
        at,
        actor_kind: kind,
        actor_id: id && bin(id),
        actor_role: role,
        actor_name: name,
        action,
        subject_kind: action.split('.')[0]!,
        subject_id: subjectId ? bin(subjectId) : null,
        details: details ? sql<AuditDetails>`${JSON.stringify(details)}` : null,
        request_id: logContext()['requestId'] ?? null,
      },
      this.write,
    );
  }

  private readonly write = async (entries: readonly NewEntry[]): Promise<void> => {
    await globalQuery<AuditTables>(this.em).insertInto('audit_entries').values(entries).execute();
  };
}
