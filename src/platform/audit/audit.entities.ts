import { defineEntity } from '@mikro-orm/core';
import { code, id, instant, json, text } from '../database/columns.js';
import type { Acting } from './acting.js';

/** What somebody did with money, access or personal data. Ids and names of fields, never values of a person's own. */
export const AuditEntrySchema = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit_entries',
  properties: {
    /** UUIDv7 made of `at`: the order of ids is the order of time. */
    id: id().primary(),
    /** Null for what belongs to no school: a login, a new school. */
    schoolId: id().nullable(),
    at: instant(),
    actorKind: code<Acting['kind']>(),
    actorId: id().nullable(),
    actorRole: text(40).nullable(),
    /** Which job, schedule or provider, where nobody signed in. */
    actorName: text(100).nullable(),
    /** `student.updated`: the subject's kind, and what was done to it. */
    action: text(80),
    subjectKind: text(40).default(''),
    subjectId: id().nullable(),
    details: json<AuditDetails>().nullable(),
    requestId: text(128).nullable(),
  },
  indexes: [
    { name: 'audit_entries_school', properties: ['schoolId', 'id'] },
    { name: 'audit_entries_school_subject', properties: ['schoolId', 'subjectId', 'id'] },
    { name: 'audit_entries_school_actor', properties: ['schoolId', 'actorId', 'id'] },
    { name: 'audit_entries_school_action', properties: ['schoolId', 'action', 'id'] },
    { name: 'audit_entries_school_kind', properties: ['schoolId', 'subjectKind', 'id'] },
  ],
});

/** Ids, names of fields, amounts, dates and codes. Names, addresses, numbers of people and what anybody wrote do not belong here: it is never erased. */
export type AuditDetails = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export const auditEntities = [AuditEntrySchema];
