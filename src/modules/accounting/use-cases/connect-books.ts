import { EntityManager } from '@mikro-orm/mysql';
import { Injectable, Logger } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { Audit } from '../../../platform/audit/audit.js';
import { hashOfToken, newSecretToken } from '../../../platform/crypto/secret-token.js';
import { AppConfig } from '../../../platform/config/app.config.js';
import { globalQuery } from '../../../platform/database/query.js';
import { isDuplicateKey, Transaction } from '../../../platform/database/transaction.js';
import { acrossSchools, currentSchool, inSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import { type Id, newId } from '../../../platform/values/id.js';
import { localDate } from '../../../platform/values/zone.js';
import { AccountingConfig } from '../accounting.config.js';
import type { AccountingTables } from '../accounting.tables.js';
import {
  BooksCompanyUnknown,
  BooksConnectedAlready,
  BooksCurrencyDiffers,
  BooksNotConnected,
  BooksProviderUnknown,
  BooksRefused,
  BooksTokenMissing,
  BooksUnavailable,
} from '../domain/accounting-problems.js';
import { AccountingConnection } from '../domain/connection.js';
import { AccountingConsentSchema } from '../domain/small-tables.js';
import {
  type AccountingClient,
  type BooksCompany,
  type BooksConnection,
  BooksDisconnected,
} from '../ports/accounting-client.js';
import { AccountingClients } from '../ports/accounting-clients.js';
import { SchoolZone } from '../queries/school-zone.js';
import { DisconnectBooks } from './disconnect-books.js';
import { OpenBooks } from './open-books.js';
import { SuggestMappings } from './suggest-mappings.js';
import { type Credentials, StoredAccess } from './stored-access.js';

const consentMs = 30 * 60_000;

interface Granted {
  readonly provider: string;
  readonly credentials: Credentials | null;
  readonly expiresAt: Date | null;
  readonly companies: readonly BooksCompany[];
  readonly by: Id;
}

/** Lets us into a school's books: by a token, by the provider's own page, or, where there is nothing to let into, at once. */
@Injectable()
export class ConnectBooks {
  private readonly logger = new Logger(ConnectBooks.name);

  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly clients: AccountingClients,
    private readonly access: StoredAccess,
    private readonly zones: SchoolZone,
    private readonly suggest: SuggestMappings,
    private readonly open: OpenBooks,
    private readonly disconnect: DisconnectBooks,
    private readonly audit: Audit,
    private readonly app: AppConfig,
    private readonly config: AccountingConfig,
  ) {}

  /** @throws BooksProviderUnknown, BooksTokenMissing, BooksRefused, BooksUnavailable, BooksConnectedAlready, BooksCurrencyDiffers */
  async execute({ id: by }: Pick<Actor, 'id'>, provider: string, token: string | null): Promise<void> {
    const client = this.clients.find(provider);
    if (!client || this.clients.consentOf(provider)) throw new BooksProviderUnknown();
    if (client.needsToken && !token) throw new BooksTokenMissing();
    await this.assertFree();
    const company = await asked(() => client.company(this.probe(provider, token)));
    const credentials = token ? { accessToken: token, refreshToken: null } : null;
    await this.take({ provider, credentials, expiresAt: null, companies: [company], by });
  }

  /** Begins a consent. @returns where the person goes @throws BooksProviderUnknown, BooksConnectedAlready */
  async beginConsent({ id: askedBy }: Pick<Actor, 'id'>, provider: string): Promise<string> {
    const consent = this.clients.consentOf(provider);
    if (!consent) throw new BooksProviderUnknown();
    await this.assertFree();
    const state = newSecretToken();
    const expiresAt = new Date(this.clock.now().getTime() + consentMs);
    const row = { id: newId(), schoolId: currentSchool(), provider, stateHash: hashOfToken(state), askedBy, expiresAt };
    await this.em.fork({ keepTransactionContext: true }).insert(AccountingConsentSchema, { ...row, usedAt: null });
    return consent.authorizeUrl(state, this.returnUrl);
  }

  /** Somebody came back from the provider's page. @returns false when nobody of ours was expected, or he did not agree */
  async endConsent(answer: Readonly<Record<string, string>>): Promise<boolean> {
    const { state, code } = answer;
    const known = state ? await this.useConsent(hashOfToken(state)) : null;
    const consent = known && this.clients.consentOf(known.provider);
    if (!known || !consent || !code) return false;
    const { provider, askedBy: by } = known;
    return inSchool(known.schoolId, async () => {
      try {
        const tokens = await consent.exchange(code, this.returnUrl);
        const companies = await consent.companies(tokens.accessToken, answer);
        if (companies.length === 0) return false;
        await this.take({ provider, credentials: tokens, expiresAt: this.access.expiryOf(tokens), companies, by });
        return true;
      } catch (error) {
        this.logger.warn({ err: error, provider }, 'a consent came to nothing');
        return false;
      }
    });
  }

  /** Of the companies that we were let into, these books. @throws BooksNotConnected, BooksCompanyUnknown, BooksCurrencyDiffers */
  async choose({ id: by }: Pick<Actor, 'id'>, companyId: string): Promise<void> {
    await this.welcome(await this.bindChosen(companyId, by));
  }

  private async take(granted: Granted): Promise<void> {
    const currency = await this.zones.currency();
    const fitting = granted.companies.filter((each) => this.hasCurrency(granted.provider, each, currency));
    if (fitting.length === 0) throw new BooksCurrencyDiffers();
    try {
      const connection = await this.store({ ...granted, companies: fitting });
      if (connection) await this.welcome(connection);
    } catch (error) {
      throw isDuplicateKey(error, 'accounting_connections_active') ? new BooksConnectedAlready() : error;
    }
  }

  /** Some say what currency they are kept in once they are bound. @throws BooksCurrencyDiffers */
  private async welcome(connectionId: Id): Promise<void> {
    const { client, books, connection } = await this.open.execute();
    const company = await client.company(books).catch(() => null);
    if (company && !this.hasCurrency(connection.provider, company, await this.zones.currency())) {
      await this.disconnect.refuse(connectionId, 'currency_differs');
      throw new BooksCurrencyDiffers();
    }
    await this.suggest.execute(connectionId);
  }

  /** @returns its id once it is bound; null while a company has to be chosen */
  @Transaction()
  private async store({ provider, credentials, expiresAt, companies, by }: Granted): Promise<Id | null> {
    const now = this.clock.now();
    const [only] = companies.length === 1 ? companies : [];
    const known = only && (await this.known(provider, only.id));
    const startsOn = localDate(now, await this.zones.current());
    const connection = known ?? AccountingConnection.open(currentSchool(), provider, startsOn, now);
    if (!known) this.em.persist(connection);
    this.grant(connection, credentials, expiresAt);
    if (only) await this.bind(connection, only, by, now);
    else connection.companies = companies;
    await this.em.flush();
    return only ? connection.id : null;
  }

  @Transaction()
  private async bindChosen(companyId: string, by: Id): Promise<Id> {
    const [activeFor, now] = [currentSchool(), this.clock.now()];
    const choosing = await this.em.findOne(AccountingConnection, { activeFor, state: 'choosing' });
    if (!choosing) throw new BooksNotConnected();
    const company = choosing.companies?.find(({ id }) => id === companyId);
    if (!company) throw new BooksCompanyUnknown();
    const known = await this.known(choosing.provider, companyId);
    if (known) await this.handOver(choosing, known);
    const connection = known ?? choosing;
    await this.bind(connection, company, by, now);
    await this.em.flush();
    return connection.id;
  }

  /** Another seal: it opens in the row that it was made for alone. */
  private async handOver(from: AccountingConnection, to: AccountingConnection): Promise<void> {
    const accessToken = await this.access.of(from.id, from.provider).token();
    const refreshToken = await this.access.refreshToken(from.id, from.provider);
    this.grant(to, { accessToken, refreshToken }, from.expiresAt ?? null);
    await this.em.remove(from).flush();
  }

  private grant(connection: AccountingConnection, credentials: Credentials | null, expiresAt: Date | null): void {
    const { accessToken, refreshToken } = credentials ?? {};
    const kept = accessToken ? { accessToken, refreshToken: refreshToken ?? null } : null;
    connection.credentials = kept && this.access.seal(connection.id, kept);
    connection.expiresAt = expiresAt;
  }

  private async bind(connection: AccountingConnection, company: BooksCompany, by: Id, now: Date): Promise<void> {
    connection.bind(company, by, now);
    const { provider, id: subjectId } = connection;
    const details = { provider, company: company.id };
    await this.audit.record({ action: 'accounting_connection.made', subjectId, details });
  }

  private known(provider: string, companyId: string): Promise<AccountingConnection | null> {
    return this.em.findOne(AccountingConnection, { provider, companyId, state: 'disconnected' });
  }

  private hasCurrency(provider: string, { currency }: BooksCompany, ours: string): boolean {
    const client = this.clients.find(provider) as AccountingClient;
    return !client.needsToken || currency === '' || currency === ours;
  }

  private async assertFree(): Promise<void> {
    const active = await this.em.fork().findOne(AccountingConnection, { activeFor: currentSchool() });
    if (active?.state === 'connected') throw new BooksConnectedAlready();
    if (active) await this.dropChoosing(active.id);
  }

  /** Somebody begins again, without having chosen a company. */
  @Transaction()
  private async dropChoosing(id: Id): Promise<void> {
    const choosing = await this.em.findOne(AccountingConnection, { id, state: 'choosing' });
    if (choosing) this.em.remove(choosing);
  }

  private probe(provider: string, token: string | null): BooksConnection {
    const renew = () => Promise.reject(new BooksDisconnected(provider, 'token_refused'));
    const access = { token: () => Promise.resolve(token ?? ''), renew };
    return { id: newId(), schoolId: currentSchool(), company: null, access };
  }

  private async useConsent(stateHash: string): Promise<{ provider: string; schoolId: Id; askedBy: Id } | null> {
    const now = this.clock.now();
    return acrossSchools('whose consent somebody comes back with', async () => {
      const db = globalQuery<AccountingTables>(this.em);
      const { numUpdatedRows } = await db
        .updateTable('accounting_consents')
        .set({ used_at: now })
        .where('state_hash', '=', stateHash)
        .where('used_at', 'is', null)
        .where('expires_at', '>', now)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return null;
      const query = db.selectFrom('accounting_consents').select(['provider', 'school_id as schoolId']);
      const row = await query.select('asked_by as askedBy').where('state_hash', '=', stateHash).executeTakeFirst();
      return row ?? null;
    });
  }

  private get returnUrl(): string {
    return this.config.returnUrl || new URL('/accounting/return', this.app.publicUrl).href;
  }
}

/** What the books answered when they were asked who they are. */
export async function asked<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    throw error instanceof BooksDisconnected ? new BooksRefused() : new BooksUnavailable(error);
  }
}
