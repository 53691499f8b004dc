import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { schoolQuery } from '../../../../platform/database/query.js';
import { type ListingDetails, splitList } from '../domain/school-listing.js';
import type { ListingTables } from '../listing.tables.js';

export interface ListingView extends ListingDetails {
  readonly eventDirectories: NonNullable<ListingDetails['eventDirectories']>;
  /** Null: it was never set. */
  readonly updatedAt: Date | null;
}

const unset: ListingView = {
  directories: [],
  eventDirectories: [],
  profileDa: null,
  profileEn: null,
  languages: [],
  licenceClasses: [],
  branchIds: [],
  website: null,
  rating: null,
  updatedAt: null,
};

/** How the current school shows itself. */
@Injectable()
export class ListingReader {
  constructor(private readonly em: EntityManager) {}

  async own(): Promise<ListingView> {
    const row = await schoolQuery<ListingTables>(this.em)
      .selectFrom('school_listings')
      .select([
        'directories',
        'event_directories',
        'profile_da as profileDa',
        'profile_en as profileEn',
        'languages',
        'licence_classes',
      ])
      .select(['website', 'rating_tenths', 'rating_count', 'rating_source', 'updated_at as updatedAt'])
      .executeTakeFirst();
    if (!row) return unset;
    const { profileDa, profileEn, website, updatedAt } = row;
    return {
      directories: splitList(row.directories),
      eventDirectories: splitList(row.event_directories),
      profileDa,
      profileEn,
      languages: splitList(row.languages),
      licenceClasses: splitList(row.licence_classes),
      branchIds: await this.branchIds(),
      website,
      rating: ratingOf(row),
      updatedAt,
    };
  }

  private async branchIds() {
    const rows = schoolQuery<ListingTables>(this.em).selectFrom('listing_branches').select('location_id as id');
    return (await rows.orderBy('location_id').execute()).map(({ id }) => id);
  }
}

/** What is stored of a rating; null when there is none. */
export function ratingOf(row: {
  readonly rating_tenths: number | null;
  readonly rating_count: number | null;
  readonly rating_source: string | null;
}): ListingDetails['rating'] {
  const { rating_tenths: tenths, rating_count: count, rating_source: source } = row;
  return tenths === null || count === null || source === null ? null : { tenths, count, source };
}
