import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, bins, globalQuery } from '../../../../platform/database/query.js';
import { decodeCursor, encodeCursor, madeUpCursor, type Page, pageOf } from '../../../../platform/http/paging.js';
import { acrossSchools } from '../../../../platform/tenancy/tenancy.js';
import { type Id, isId } from '../../../../platform/values/id.js';
import type { PartnerName } from '../../../identity/index.js';
import type { LicenceClass } from '../../domain/licence-class.js';
import { type Rating, splitList, type TaughtLanguage } from '../domain/school-listing.js';
import { ListedSchoolNotFound } from '../domain/listing-problems.js';
import type { ListingTables } from '../listing.tables.js';
import { ratingOf } from './listing-reader.js';

export interface ListedBranch {
  readonly id: Id;
  readonly name: string;
  readonly addressLine: string | null;
  readonly postcode: string | null;
  readonly city: string | null;
}

/** What a directory may know of a school that chose it, but for its prices and free times. */
export interface ListedSchool {
  readonly id: Id;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly addressLine: string;
  readonly postcode: string;
  readonly city: string;
  readonly profile: { readonly da: string | null; readonly en: string | null };
  readonly languages: readonly TaughtLanguage[];
  readonly licenceClasses: readonly LicenceClass[];
  readonly website: string | null;
  readonly rating: Rating | null;
  /** Another upload is another one; null: there is none. */
  readonly logoId: Id | null;
  readonly branches: readonly ListedBranch[];
}

export interface ListingChange {
  readonly schoolId: Id;
  readonly position: number;
  readonly isListed: boolean;
  readonly changedAt: Date;
}

export interface ChangesSince {
  readonly changes: readonly ListingChange[];
  /** Where to go on, now or later. */
  readonly cursor: string;
  readonly hasMore: boolean;
}

const why = 'what schools chose to show in a directory';

/** What one directory sees: the schools that chose it, and what has changed. */
@Injectable()
export class Listings {
  constructor(private readonly em: EntityManager) {}

  /** By id, a page at a time; three reads a page. @throws InvalidRequest naming `cursor` */
  page(directory: PartnerName, { limit, cursor }: { limit: number; cursor?: string }): Promise<Page<ListedSchool>> {
    return acrossSchools(why, async () => {
      const after = decodeCursor(cursor, { id: 'string' })?.id;
      if (after !== undefined && !isId(after)) throw madeUpCursor();
      const schools = this.schools(directory)
        .orderBy('listing_changes.school_id')
        .limit(limit + 1);
      const rows = await (after ? schools.where('listing_changes.school_id', '>', bin(after)) : schools).execute();
      const { items, nextCursor } = pageOf(rows, limit, ({ id }) => ({ id }));
      return { items: await this.completed(items), nextCursor };
    });
  }

  /** @throws ListedSchoolNotFound */
  get(directory: PartnerName, schoolId: Id): Promise<ListedSchool> {
    return acrossSchools(why, async () => {
      const rows = await this.schools(directory).where('listing_changes.school_id', '=', bin(schoolId)).execute();
      const [school] = await this.completed(rows);
      if (!school) throw new ListedSchoolNotFound();
      return school;
    });
  }

  isListed(directory: PartnerName, schoolId: Id): Promise<boolean> {
    return acrossSchools(why, async () => {
      const school = this.schools(directory).where('listing_changes.school_id', '=', bin(schoolId));
      return (await school.executeTakeFirst()) !== undefined;
    });
  }

  /** The branches that the school shows there; null when it is not listed. */
  branchesOf(directory: PartnerName, schoolId: Id): Promise<Id[] | null> {
    return acrossSchools(why, async () => {
      if (!(await this.isListed(directory, schoolId))) return null;
      return (await this.branches([schoolId])).map(({ id }) => id);
    });
  }

  /** By school, the partners that it is listed with and lets hear of what happens in it. */
  async hearing(schoolIds: readonly Id[]): Promise<ReadonlyMap<Id, readonly PartnerName[]>> {
    if (schoolIds.length === 0) return new Map();
    const rows = await globalQuery<ListingTables>(this.em)
      .selectFrom('school_listings')
      .select(['school_id as schoolId', 'event_directories'])
      .where('school_id', 'in', bins(schoolIds))
      .where('event_directories', '!=', '')
      .execute();
    return new Map(rows.map((row) => [row.schoolId, splitList<PartnerName>(row.event_directories)]));
  }

  /** What has changed after the cursor, without one all there ever was: each school once, at its last change. @throws InvalidRequest naming `cursor` */
  changes(directory: PartnerName, { limit, cursor }: { limit: number; cursor?: string }): Promise<ChangesSince> {
    return acrossSchools(why, async () => {
      const position = decodeCursor(cursor, { position: 'number' })?.position ?? 0;
      if (!Number.isSafeInteger(position) || position < 0) throw madeUpCursor();
      const rows = await this.changeRows(directory)
        .where('listing_changes.position', '>', position)
        .orderBy('listing_changes.position')
        .limit(limit + 1)
        .execute();
      const changes = rows.slice(0, limit).map((row) => ({ ...row, isListed: row.isListed === 1 }));
      const last = changes.at(-1)?.position ?? position;
      return { changes, cursor: encodeCursor({ position: last }), hasMore: rows.length > limit };
    });
  }

  private changeRows(directory: PartnerName) {
    return globalQuery<ListingTables>(this.em)
      .selectFrom('listing_changes')
      .leftJoin('school_listings', 'school_listings.school_id', 'listing_changes.school_id')
      .select(['listing_changes.school_id as schoolId', 'position', 'changed_at as changedAt'])
      .select(sql<number>`${isIn(directory)}`.as('isListed'))
      .where('directory', '=', directory);
  }

  private schools(directory: PartnerName) {
    return globalQuery<ListingTables>(this.em)
      .selectFrom('listing_changes')
      .innerJoin('school_listings', 'school_listings.school_id', 'listing_changes.school_id')
      .innerJoin('schools', 'schools.id', 'listing_changes.school_id')
      .leftJoin('school_logos', 'school_logos.school_id', 'listing_changes.school_id')
      .select(['schools.id', 'schools.name', 'email', 'phone', 'address_line as addressLine', 'postcode', 'city'])
      .select(['profile_da', 'profile_en', 'languages', 'licence_classes', 'website', 'file_id as logoId'])
      .select(['rating_tenths', 'rating_count', 'rating_source'])
      .where('listing_changes.directory', '=', directory)
      .where(isIn(directory));
  }

  private async completed(rows: readonly ListingRow[]): Promise<ListedSchool[]> {
    const branches = Map.groupBy(await this.branches(rows.map(({ id }) => id)), ({ schoolId }) => schoolId);
    return rows.map((row) => {
      const {
        profile_da: da,
        profile_en: en,
        languages,
        licence_classes,
        rating_tenths,
        rating_count,
        rating_source,
        ...school
      } = row;
      return {
        ...school,
        profile: { da, en },
        languages: splitList(languages),
        licenceClasses: splitList(licence_classes),
        rating: ratingOf({ rating_tenths, rating_count, rating_source }),
        branches: (branches.get(row.id) ?? []).map(({ id, name, addressLine, postcode, city }) => ({
          id,
          name,
          addressLine,
          postcode,
          city,
        })),
      };
    });
  }

  private async branches(schoolIds: readonly Id[]) {
    if (schoolIds.length === 0) return [];
    return globalQuery<ListingTables>(this.em)
      .selectFrom('listing_branches')
      .innerJoin('locations', (join) =>
        join
          .onRef('locations.school_id', '=', 'listing_branches.school_id')
          .onRef('locations.id', '=', 'listing_branches.location_id'),
      )
      .select(['listing_branches.school_id as schoolId', 'locations.id', 'name'])
      .select(['address_line as addressLine', 'postcode', 'city'])
      .where('listing_branches.school_id', 'in', bins(schoolIds))
      .where('active', '=', true)
      .orderBy('name')
      .orderBy('locations.id')
      .execute();
  }
}

type ListingRow = Awaited<ReturnType<ReturnType<Listings['schools']>['execute']>>[number];

function isIn(directory: PartnerName) {
  return sql<boolean>`coalesce(find_in_set(${directory}, school_listings.directories), 0) > 0`;
}
