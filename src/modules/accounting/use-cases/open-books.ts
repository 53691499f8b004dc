import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';
import { AccountWords, type Mapping } from '../domain/account-words.js';
import { BooksNotConnected } from '../domain/accounting-problems.js';
import { AccountingConnection } from '../domain/connection.js';
import { AccountingMappingSchema } from '../domain/small-tables.js';
import type { AccountingClient, BooksConnection } from '../ports/accounting-client.js';
import { AccountingClients } from '../ports/accounting-clients.js';
import { StoredAccess } from './stored-access.js';

/** A school's books, opened for the length of a job or a request. */
export interface OpenedBooks {
  readonly connection: AccountingConnection;
  readonly client: AccountingClient;
  /** For the client. */
  readonly books: BooksConnection;
  readonly words: AccountWords;
}

@Injectable()
export class OpenBooks {
  constructor(
    private readonly em: EntityManager,
    private readonly clients: AccountingClients,
    private readonly access: StoredAccess,
  ) {}

  /** Those that the current school has connected. @throws BooksNotConnected */
  async execute(): Promise<OpenedBooks> {
    const activeFor = currentSchool();
    const connection = await this.em.fork().findOne(AccountingConnection, { activeFor, state: 'connected' });
    const client = connection && this.clients.find(connection.provider);
    if (!connection || !client) throw new BooksNotConnected();
    return { connection, client, books: this.of(connection), words: await this.words(connection.id, client) };
  }

  of({ id, schoolId, provider, companyId, layout }: AccountingConnection): BooksConnection {
    return { id, schoolId, company: companyId ?? null, layout, access: this.access.of(id, provider) };
  }

  async words(connectionId: Id, client: AccountingClient): Promise<AccountWords> {
    const mappings: Mapping[] = await this.em.fork().find(AccountingMappingSchema, { connectionId });
    return new AccountWords(mappings, !client.needsToken);
  }
}
