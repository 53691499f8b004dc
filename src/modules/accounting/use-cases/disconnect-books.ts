import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/mysql';
import { Injectable, Logger } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { BooksConnectionLost } from '../domain/accounting-events.js';
import { BooksNotConnected } from '../domain/accounting-problems.js';
import { AccountingConnection } from '../domain/connection.js';
import { AccountingClients } from '../ports/accounting-clients.js';
import { StoredAccess } from './stored-access.js';

/** Lets go of a school's books. What was sent stays known, for the day that they are connected again. */
@Injectable()
export class DisconnectBooks {
  private readonly logger = new Logger(DisconnectBooks.name);

  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
    private readonly access: StoredAccess,
    private readonly clients: AccountingClients,
  ) {}

  /** By the school's own wish: our access is given back too. @throws BooksNotConnected */
  async execute(): Promise<void> {
    const connection = await this.em.fork().findOne(AccountingConnection, { activeFor: currentSchool() });
    if (!connection) throw new BooksNotConnected();
    const token = await this.access.refreshToken(connection.id, connection.provider);
    await this.refuse(connection.id, 'by_school');
    if (token) await this.giveBack(connection.provider, token);
  }

  /** The books take our access no more. */
  @Transaction()
  async lost(connectionId: Id, reason: string): Promise<void> {
    const provider = await this.cutLocked(connectionId, reason);
    if (provider) await this.outbox.record(new BooksConnectionLost({ connectionId, provider }));
  }

  /** What was let in, and is not to be used. */
  @Transaction()
  async refuse(connectionId: Id, reason: string): Promise<void> {
    await this.cutLocked(connectionId, reason);
  }

  /** @returns whose books they were; null when they were cut before */
  private async cutLocked(id: Id, reason: string): Promise<string | null> {
    const connection = await this.em.findOneOrFail(
      AccountingConnection,
      { id },
      { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
    );
    if (!connection.cut(reason, this.clock.now())) return null;
    const details = { provider: connection.provider, reason: reason.slice(0, 100) };
    await this.audit.record({ action: 'accounting_connection.ended', subjectId: id, details });
    return connection.provider;
  }

  /** We do not use it any more either way. */
  private async giveBack(provider: string, token: string): Promise<void> {
    await this.clients
      .consentOf(provider)
      ?.revoke(token)
      .catch((error: unknown) => this.logger.warn({ err: error, provider }, 'an access was not given back'));
  }
}
