import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { schoolQuery, type Tables } from '../../../../platform/database/query.js';
import type { Id } from '../../../../platform/values/id.js';
import type { LeadSchema, LeadState } from '../domain/lead.js';

/** The leads of the current school that somebody still has to do with. */
@Injectable()
export class OpenLeads {
  constructor(private readonly em: EntityManager) {}

  /** The first of the person who has the address or the number, or null; two reads by index. */
  async firstOf({ email, phone }: { email: string | null; phone: string | null }): Promise<Id | null> {
    const found = [
      ...(email === null ? [] : await this.with('email', email)),
      ...(phone === null ? [] : await this.with('phone', phone)),
    ];
    return found.map(({ original }) => original).toSorted()[0] ?? null;
  }

  /** One that is a duplicate of another open one leads to that. */
  private async with(column: 'email' | 'phone', value: string): Promise<{ original: Id }[]> {
    const rows = await schoolQuery<Tables<typeof LeadSchema>>(this.em)
      .selectFrom('leads')
      .leftJoin('leads as first', (join) =>
        join
          .onRef('first.school_id', '=', 'leads.school_id')
          .onRef('first.id', '=', 'leads.duplicate_of_id')
          .on('first.state', 'in', open),
      )
      .select(['leads.id', 'first.id as firstId'])
      .where(`leads.${column}`, '=', value)
      .where('leads.state', 'in', open)
      .orderBy('leads.id')
      .limit(1)
      .execute();
    return rows.map(({ id, firstId }) => ({ original: firstId ?? id }));
  }
}

const open: readonly LeadState[] = ['new', 'contacted'];
