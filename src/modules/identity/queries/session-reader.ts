import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type Asked, byAge, List } from '../../../platform/database/list.js';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { mapPage, type Page } from '../../../platform/http/paging.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import type { IdentityTables } from '../identity.tables.js';

export interface SessionView {
  readonly id: Id;
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly isCurrent: boolean;
}

export const sessionList = new List({ sorts: { createdAt: byAge }, defaultSort: '-createdAt' });

/** Where somebody is signed in. */
@Injectable()
export class SessionReader {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  /** The sessions that run; `current` is the one that asks. */
  async list(userId: Id, current: Id, asked: Asked<typeof sessionList>): Promise<Page<SessionView>> {
    const running = globalQuery<IdentityTables>(this.em)
      .selectFrom('sessions')
      .select(['id', 'address', 'user_agent as userAgent', 'created_at as createdAt', 'last_used_at as lastUsedAt'])
      .where('user_id', '=', bin(userId))
      .where('ended_at', 'is', null)
      .where('expires_at', '>', this.clock.now());
    return mapPage(await sessionList.page(running, asked), (row) => ({ ...row, isCurrent: row.id === current }));
  }
}
