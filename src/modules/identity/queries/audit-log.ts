import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type SelectQueryBuilder, sql } from 'kysely';
import type { Acting } from '../../../platform/audit/acting.js';
import type { AuditDetails, AuditEntrySchema } from '../../../platform/audit/audit.entities.js';
import type { Role } from '../../../platform/auth/actor.js';
import { cursorId } from '../../../platform/database/by-name.js';
import { bin, globalQuery, schoolQuery, type Tables } from '../../../platform/database/query.js';
import { decodeCursor, type Page, pageOf } from '../../../platform/http/paging.js';
import { firstIdAt, type Id } from '../../../platform/values/id.js';
import type { IdentityTables } from '../identity.tables.js';

export interface AuditFilter {
  readonly limit: number;
  readonly cursor?: string;
  /** `payment.refunded`, or `payment` for all that was done to payments. */
  readonly action?: string;
  readonly actorId?: Id;
  readonly subjectId?: Id;
  readonly from?: Date;
  readonly until?: Date;
}

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

/** Reads what the platform wrote down, newest first, with the names that its actors have today. */
@Injectable()
export class AuditLog {
  constructor(private readonly em: EntityManager) {}

  /** Of the current school. */
  ofSchool(filter: AuditFilter): Promise<Page<AuditLine>> {
    return page(schoolQuery<Db>(this.em).selectFrom('audit_entries'), filter);
  }

  /** Of what belongs to no school. */
  ofPlatform(filter: AuditFilter): Promise<Page<AuditLine>> {
    return page(globalQuery<Db>(this.em).selectFrom('audit_entries').where('school_id', 'is', null), filter);
  }
}

async function page(entries: Entries, filter: AuditFilter): Promise<Page<AuditLine>> {
  const { limit } = filter;
  const rows = await filtered(entries, filter)
    .leftJoin('users', 'users.id', 'audit_entries.actor_id')
    .select(['audit_entries.id', 'at', 'action', 'subject_id as subjectId', 'request_id as requestId'])
    .select(['actor_kind as kind', 'actor_id as actorId', 'actor_role as role'])
    .select(({ fn }) => fn.coalesce('users.name', 'actor_name').as('name'))
    // One server hands JSON over as text, the other as a value.
    .select(sql<string | null>`cast(details as char)`.as('json'))
    .orderBy('audit_entries.id', 'desc')
    .limit(limit + 1)
    .execute();
  const lines = rows.map(({ kind, actorId, role, name, json, ...line }) => ({
    ...line,
    actor: { kind, id: actorId, name, role: role as Role | null },
    details: json === null ? null : (JSON.parse(json) as AuditDetails),
  }));
  return pageOf(lines, limit, ({ id }) => ({ id }));
}

/** Each filter has an index that ends in the id, so whatever is asked for comes in order. */
function filtered(entries: Entries, { cursor, action, actorId, subjectId, from, until }: AuditFilter): Entries {
  const before = decodeCursor(cursor, { id: 'string' });
  let query = entries;
  if (action?.includes('.')) query = query.where('action', '=', action);
  else if (action) query = query.where('subject_kind', '=', action);
  if (actorId) query = query.where('actor_id', '=', bin(actorId));
  if (subjectId) query = query.where('subject_id', '=', bin(subjectId));
  if (from) query = query.where('audit_entries.id', '>=', bin(firstIdAt(from)));
  if (until) query = query.where('audit_entries.id', '<', bin(firstIdAt(until)));
  if (before) query = query.where('audit_entries.id', '<', cursorId(before.id));
  return query;
}
