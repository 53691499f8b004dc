import type { AccountingClient, BooksConsent } from './accounting-client.js';

/** Every bookkeeping system that is bound, by the provider that is stored on a school's connection. */
export class AccountingClients {
  private readonly byProvider: ReadonlyMap<string, AccountingClient>;
  private readonly consentByProvider: ReadonlyMap<string, BooksConsent>;

  /** @param consents of those that a school lets us into on a page of theirs */
  constructor(clients: readonly AccountingClient[], consents: readonly BooksConsent[] = []) {
    this.byProvider = new Map(clients.map((each) => [each.provider, each]));
    this.consentByProvider = new Map(consents.map((each) => [each.provider, each]));
  }

  /** Undefined when it is not, or no longer, bound. */
  find(provider: string): AccountingClient | undefined {
    return this.byProvider.get(provider);
  }

  /** Undefined where there is no such page: the school types its access in, or needs none. */
  consentOf(provider: string): BooksConsent | undefined {
    return this.consentByProvider.get(provider);
  }

  get all(): readonly AccountingClient[] {
    return [...this.byProvider.values()];
  }
}
