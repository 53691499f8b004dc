import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type SelectQueryBuilder, sql } from 'kysely';
import type { Acting } from '../../../platform/audit/acting.js';
import type { AuditDetails, AuditEntrySchema } from '../../../platform/audit/audit.entities.js';
import type { Role } from '../../../platform/auth/actor.js';
import { type Asked, byAge, is, isIdOf, List } from '../../../platform/database/list.js';
import { bin, globalQuery, schoolQuery, type Tables } from '../../../platform/database/query.js';
import { mapPage, type Page } from '../../../platform/http/paging.js';
import { firstIdAt, type Id } from '../../../platform/values/id.js';
import type { IdentityTables } from '../identity.tables.js';

/** Each filter has an index that ends in the id, so whatever is asked for comes in order. */
export const auditList = new List({
  id: 'audit_entries.id',
  sorts: { at: byAge },
  defaultSort: '-at',
  filters: {
    /** `payment.refunded`, or `payment` for all that was done to payments. */
    action: (action: string) => is(action.includes('.') ? 'action' : 'subject_kind')(action),
    actorId: isIdOf('actor_id'),
    subjectId: isIdOf('subject_id'),
    from: (from: Date) => sql`audit_entries.id >= ${bin(firstIdAt(from))}`,
    until: (until: Date) => sql`audit_entries.id < ${bin(firstIdAt(until))}`,
  },
});

export type AuditFilter = Asked<typeof auditList>;

/** What was done, and by whom. */
export interface AuditLine {
  readonly id: Id;
  readonly at: Date;
  readonly actor: {
    readonly kind: Acting['kind'];
    readonly id: Id | null;
    readonly name: string | null;
    readonly role: Role | null;
  };
  readonly action: string;
  readonly subjectId: Id | null;
  readonly details: AuditDetails | null;
  readonly requestId: string | null;
}

type Db = IdentityTables & Tables<typeof AuditEntrySchema>;
type Entries = SelectQueryBuilder<Db, 'audit_entries', object>;

/** Reads what the platform wrote down, with the names that its actors have today. */
@Injectable()
export class AuditLog {
  constructor(private readonly em: EntityManager) {}

  /** Of the current school. */
  ofSchool(filter: AuditFilter): Promise<Page<AuditLine>> {
    return page(schoolQuery<Db>(this.em).selectFrom('audit_entries'), filter);
  }

  /** Of what belongs to no school. */
  ofPlatform(filter: AuditFilter): Promise<Page<AuditLine>> {
    return page(
      globalQuery<Db>(this.em).selectFrom('audit_entries').where('audit_entries.school_id', 'is', null),
      filter,
    );
  }
}

async function page(entries: Entries, filter: AuditFilter): Promise<Page<AuditLine>> {
  const lines = entries
    .leftJoin('users', 'users.id', 'audit_entries.actor_id')
    .leftJoin('api_keys', 'api_keys.id', 'audit_entries.actor_id')
    .select(['audit_entries.id', 'at', 'action', 'subject_id as subjectId', 'request_id as requestId'])
    .select(['actor_kind as kind', 'actor_id as actorId', 'actor_role as role'])
    .select(({ fn }) => fn.coalesce('users.name', 'api_keys.name', 'actor_name').as('name'))
    // One server hands JSON over as text, the other as a value.
    .select(sql<string | null>`cast(details as char)`.as('json'));
  return mapPage(await auditList.page(lines, filter), ({ kind, actorId, role, name, json, ...line }) => ({
    ...line,
    actor: { kind, id: actorId, name, role: role as Role | null },
    details: json === null ? null : (JSON.parse(json) as AuditDetails),
  }));
}
