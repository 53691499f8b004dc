import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import { type Asked, byAge, List } from '../../../../platform/database/list.js';
import { bin, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import { mapPage, type Page } from '../../../../platform/http/paging.js';
import type { Id } from '../../../../platform/values/id.js';
import { OwnStudents } from '../../../students/index.js';
import type { SavedMethodSchema } from '../../domain/saved-method.js';

export interface SavedMethodView {
  readonly id: Id;
  readonly provider: string;
  readonly brand: string | null;
  readonly last4: string | null;
  readonly expMonth: number | null;
  readonly expYear: number | null;
  readonly savedAt: Date | null;
}

export const savedMethodList = new List({ sorts: { createdAt: byAge }, defaultSort: '-createdAt', filters: {} });

/** The cards that may be charged. */
@Injectable()
export class MethodReader {
  constructor(
    private readonly em: EntityManager,
    private readonly ownStudents: OwnStudents,
  ) {}

  /** @throws StudentNotFound */
  async list(actor: Actor, studentId: Id, asked: Asked<typeof savedMethodList>): Promise<Page<SavedMethodView>> {
    await this.ownStudents.get(actor, studentId);
    const saved = schoolQuery<Tables<typeof SavedMethodSchema>>(this.em)
      .selectFrom('saved_methods')
      .select(['id', 'provider', 'brand', 'last4', 'exp_month', 'exp_year', 'saved_at', 'created_at'])
      .where('student_id', '=', bin(studentId))
      .where('state', '=', 'saved');
    return mapPage(await savedMethodList.page(saved, asked), (row) => ({
      id: row.id,
      provider: row.provider,
      brand: row.brand,
      last4: row.last4,
      expMonth: row.exp_month,
      expYear: row.exp_year,
      savedAt: row.saved_at,
    }));
  }
}
