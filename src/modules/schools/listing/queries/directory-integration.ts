import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { schoolQuery } from '../../../../platform/database/query.js';
import { type IntegrationStatus, TellsIntegration } from '../../../../platform/integrations/tells-integration.js';
import { Clock } from '../../../../platform/values/clock.js';
import { splitList } from '../domain/school-listing.js';
import type { ListingTables } from '../listing.tables.js';

/** What is not told after that long is not on its way any more. */
const patienceMs = 15 * 60_000;

/** The public directories that the school stands in, each by what it has been told. */
@Injectable()
export class DirectoryIntegration {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  @TellsIntegration()
  async tell(): Promise<IntegrationStatus[]> {
    const listing = await this.db.selectFrom('school_listings').select('directories').executeTakeFirst();
    const names = splitList(listing?.directories ?? '');
    if (names.length === 0) return [{ ...nothingYet, provider: null, state: 'off' }];
    const changes = await this.db
      .selectFrom('listing_changes')
      .select(['directory', 'position', 'announced_position as told', 'changed_at as changedAt'])
      .execute();
    const latest = new Date(this.clock.now().getTime() - patienceMs);
    return names.map((provider) => {
      const change = changes.find(({ directory }) => directory === provider);
      const isTold = !change || change.told >= change.position;
      if (isTold) return { ...nothingYet, provider, state: 'ok', lastSuccessAt: change?.changedAt ?? null };
      const isLate = change.changedAt < latest;
      return {
        ...nothingYet,
        provider,
        state: isLate ? 'failing' : 'ok',
        lastFailure: isLate ? 'it has not heard of the latest change' : null,
      };
    });
  }

  private get db() {
    return schoolQuery<ListingTables>(this.em);
  }
}

const nothingYet = { kind: 'directory', lastSuccessAt: null, lastFailureAt: null, lastFailure: null } as const;
