import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type Check, findingsOf } from '../../../../platform/verification/findings-of.js';
import { Verifies } from '../../../../platform/verification/verifies.js';

const checks: readonly Check[] = [
  {
    name: 'a lead has become a student when it is converted, and only then',
    sql: `SELECT id AS subject, state AS detail FROM leads
      WHERE school_id = :school AND (state = 'converted') <> (student_id IS NOT NULL)`,
  },
  {
    name: 'a lead is closed from when nothing more comes of it',
    sql: `SELECT id AS subject, CONCAT(state, ' since ', COALESCE(closed_at, 'never')) AS detail FROM leads
      WHERE school_id = :school AND (state IN ('converted', 'rejected')) <> (closed_at IS NOT NULL)`,
  },
  {
    name: 'owners wait to be told of leads that nobody has touched, and of no others',
    sql: `SELECT id AS subject, state AS detail FROM leads
      WHERE school_id = :school AND state <> 'new' AND escalate_at IS NOT NULL`,
  },
  {
    name: 'a partner sends a lead once',
    sql: `SELECT external_id AS subject, CONCAT(source, ', ', COUNT(*), ' times') AS detail FROM leads
      WHERE school_id = :school AND external_id IS NOT NULL GROUP BY source, external_id HAVING COUNT(*) > 1`,
  },
];

/** Proves that leads are what they say. */
@Injectable()
export class LeadAudit {
  constructor(private readonly em: EntityManager) {}

  @Verifies('students: leads')
  verify(): Promise<string[]> {
    return findingsOf(this.em, checks);
  }
}
