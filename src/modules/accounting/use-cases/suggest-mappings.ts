import { EntityManager } from '@mikro-orm/mysql';
import { Injectable, Logger } from '@nestjs/common';
import { bin, globalQuery, lockedAsItIs } from '../../../platform/database/query.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { type Id, newId } from '../../../platform/values/id.js';
import { planAccounts } from '../../finance/index.js';
import type { AccountingTables } from '../accounting.tables.js';
import type { Mapping } from '../domain/account-words.js';
import { likelyAccount, likelyTaxCode } from '../domain/chart-of-ours.js';
import { OpenBooks } from './open-books.js';

/** VAT rates that Danish schools sell at, in basis points. */
export const usualRates = [2500, 0] as const;

/** Fills in what can be told from the books' own chart, where the school has said nothing yet. */
@Injectable()
export class SuggestMappings {
  private readonly logger = new Logger(SuggestMappings.name);

  constructor(
    private readonly em: EntityManager,
    private readonly open: OpenBooks,
  ) {}

  /** A chart that cannot be read leaves it to the school. */
  async execute(connectionId: Id): Promise<void> {
    try {
      const { client, books } = await this.open.execute();
      if (!client.needsToken) return;
      const [chart, codes] = [await client.accounts(books), await client.taxCodes(books)];
      const accounts = planAccounts.map((ours) => mapping('account', ours.code, likelyAccount(ours, chart)));
      const rates = usualRates.map((rate) => mapping('tax', String(rate), likelyTaxCode(rate, codes)));
      await this.insert(
        connectionId,
        [...accounts, ...rates].flatMap((each) => each ?? []),
      );
    } catch (error) {
      this.logger.warn({ err: error, connectionId }, 'no accounts were suggested');
    }
  }

  private async insert(connectionId: Id, mappings: readonly Mapping[]): Promise<void> {
    if (mappings.length === 0) return;
    const common = { school_id: bin(currentSchool()), connection_id: bin(connectionId) };
    await globalQuery<AccountingTables>(this.em)
      .insertInto('accounting_mappings')
      .values(mappings.map((each) => ({ ...common, id: bin(newId()), ...each })))
      .onDuplicateKeyUpdate(lockedAsItIs)
      .execute();
  }
}

function mapping(kind: Mapping['kind'], ours: string, theirs: string | null): Mapping | null {
  return theirs === null ? null : { kind, ours, theirs };
}
