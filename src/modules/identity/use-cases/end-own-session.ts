import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import type { Id } from '../../../platform/values/id.js';
import { SessionNotFound } from '../domain/identity-problems.js';
import type { IdentityTables } from '../identity.tables.js';
import { EndSessions } from './end-sessions.js';

/** Signs somebody out of one of his devices, or of all. */
@Injectable()
export class EndOwnSession {
  constructor(
    readonly em: EntityManager,
    private readonly endSessions: EndSessions,
    private readonly audit: Audit,
  ) {}

  /** @throws SessionNotFound when it is somebody else's */
  @Transaction()
  async execute(userId: Id, sessionId: Id): Promise<void> {
    const own = await globalQuery<IdentityTables>(this.em)
      .selectFrom('sessions')
      .select('id')
      .where('id', '=', bin(sessionId))
      .where('user_id', '=', bin(userId))
      .executeTakeFirst();
    if (!own) throw new SessionNotFound();
    await this.endSessions.one(sessionId);
    await this.audit.record({ action: 'session.ended', subjectId: userId, details: { sessionId } });
  }

  @Transaction()
  async all(userId: Id): Promise<void> {
    await this.endSessions.allOf(userId);
    await this.audit.record({ action: 'session.all_ended', subjectId: userId });
  }
}
