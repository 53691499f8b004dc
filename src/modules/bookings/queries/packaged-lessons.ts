import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';
import { Verifies } from '../../../platform/verification/verifies.js';

/** Proves that lessons and the packages they are part of agree. */
@Injectable()
export class PackagedLessons {
  constructor(private readonly em: EntityManager) {}

  @Verifies('bookings: lessons out of packages')
  async verify(): Promise<string[]> {
    const school = bin(currentSchool());
    const { rows } = await sql<{ id: Id; found: string }>`
      SELECT u.id, CASE WHEN b.id IS NULL THEN 'is used by no booking' WHEN c.id IS NOT NULL THEN 'is used by a lesson that is charged too'
          ELSE CONCAT('is used by a lesson that is ', b.state) END AS found
        FROM package_units u LEFT JOIN bookings b ON b.school_id = u.school_id AND b.id = u.booking_id
        LEFT JOIN charges c ON c.school_id = u.school_id AND c.source = 'booking' AND c.source_id = u.booking_id AND c.state <> 'voided'
        JOIN sold_packages s ON s.school_id = u.school_id AND s.id = u.sold_package_id
        WHERE u.school_id = ${school} AND u.booking_id IS NOT NULL AND (b.id IS NULL OR c.id IS NOT NULL
          OR (s.state = 'active' AND NOT (b.state IN ('booked', 'completed') OR (b.state IN ('cancelled', 'no_show') AND b.fee_minor > 0))))
        LIMIT 100`.execute(globalQuery<object>(this.em.fork()));
    return rows.map(({ id, found }) => `package part ${id} ${found}`);
  }
}
