import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, globalQuery, schoolQuery } from '../../../../platform/database/query.js';
import { writeAtCommit } from '../../../../platform/database/transaction.js';
import { Outbox } from '../../../../platform/outbox/outbox.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import type { PartnerName } from '../../../identity/index.js';
import { ListingChanged } from '../domain/listing-events.js';
import { splitList } from '../domain/school-listing.js';
import type { ListingTables } from '../listing.tables.js';

interface Change {
  readonly directory: PartnerName;
  readonly schoolId: Id;
  readonly at: Date;
}

/**
 * The log that directories read on from. Whoever changes what they show says so, in the transaction of the change. Positions are
 * given at its very end and kept by a lock until it has committed: so none becomes visible before a smaller one, and a cursor skips nothing.
 */
@Injectable()
export class ListingChanges {
  constructor(
    private readonly em: EntityManager,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Something of the current school that directories show has changed; for one that is listed nowhere it is nothing. */
  async touched(): Promise<void> {
    const listings = schoolQuery<ListingTables>(this.em).selectFrom('school_listings').select('directories');
    const listing = await listings.executeTakeFirst();
    if (listing) await this.touchedIn(splitList(listing.directories));
  }

  /** The same in these directories, also in one that the school is leaving. */
  async touchedIn(directories: readonly PartnerName[]): Promise<void> {
    const [schoolId, at] = [currentSchool(), this.clock.now()];
    for (const directory of directories) {
      writeAtCommit({ directory, schoolId, at }, this.write);
      await this.outbox.record(new ListingChanged({ directory }));
    }
  }

  private readonly write = async (changes: readonly Change[]): Promise<void> => {
    const byDirectory = [...Map.groupBy(changes, ({ directory }) => directory)];
    // In one order, so that two who change the same schools wait for each other at the first.
    for (const [directory, its] of byDirectory.toSorted(([one], [other]) => (one < other ? -1 : 1))) {
      const once = [...new Map(its.map((change) => [change.schoolId, change])).values()];
      await this.place(directory, once);
    }
  };

  private async place(directory: PartnerName, changes: readonly Change[]): Promise<void> {
    const last = await this.take(directory, changes.length);
    const rows = changes.map(({ schoolId, at }, index) => ({
      directory,
      school_id: bin(schoolId),
      position: last - changes.length + index + 1,
      announced_position: 0,
      changed_at: at,
    }));
    await globalQuery<ListingTables>(this.em)
      .insertInto('listing_changes')
      .values(rows)
      .onDuplicateKeyUpdate({ position: sql`values(position)`, changed_at: sql`values(changed_at)` })
      .execute();
  }

  /** So many positions. @returns the last of them */
  private async take(directory: PartnerName, number: number): Promise<number> {
    const db = globalQuery<ListingTables>(this.em);
    await db
      .insertInto('listing_positions')
      .values({ directory, position: number })
      .onDuplicateKeyUpdate({ position: sql`position + ${number}` })
      .execute();
    const row = await db
      .selectFrom('listing_positions')
      .select('position')
      .where('directory', '=', directory)
      .executeTakeFirstOrThrow();
    return row.position;
  }
}
