import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { schoolQuery, type Tables } from '../../../../platform/database/query.js';
import type { Id } from '../../../../platform/values/id.js';
import type { StudentStatus } from '../../domain/student-status.js';
import type { StudentSchema } from '../../domain/student.js';

/** A student whom the lead may be. */
export interface LeadMatch {
  readonly studentId: Id;
  readonly name: string;
  readonly status: StudentStatus;
  readonly by: 'email' | 'phone';
}

const most = 10;

/** Who of the current school's students has a lead's address or number. */
@Injectable()
export class LeadMatches {
  constructor(private readonly em: EntityManager) {}

  /** Each once, those with the address first; two reads by index. */
  async of({ email, phone }: { email: string | null; phone: string | null }): Promise<LeadMatch[]> {
    const found = [
      ...(email === null ? [] : await this.with('email', email)),
      ...(phone === null ? [] : await this.with('phone', phone)),
    ];
    return [...new Map(found.toReversed().map((match) => [match.studentId, match])).values()].toReversed();
  }

  private async with(by: LeadMatch['by'], value: string): Promise<LeadMatch[]> {
    const rows = await schoolQuery<Tables<typeof StudentSchema>>(this.em)
      .selectFrom('students')
      .select(['id as studentId', 'name', 'status'])
      .where(by, '=', value)
      .orderBy('id')
      .limit(most)
      .execute();
    return rows.map((row) => ({ ...row, by }));
  }
}
