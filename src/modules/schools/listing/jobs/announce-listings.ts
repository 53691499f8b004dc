import { EntityManager } from '@mikro-orm/mysql';
import { Injectable, Logger } from '@nestjs/common';
import { bin, globalQuery, schoolQuery } from '../../../../platform/database/query.js';
import type { EventOf } from '../../../../platform/outbox/event.js';
import { Handles } from '../../../../platform/outbox/handles.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import type { PartnerName } from '../../../identity/index.js';
import { ListingChanged } from '../domain/listing-events.js';
import { splitList } from '../domain/school-listing.js';
import type { ListingTables } from '../listing.tables.js';
import { SchoolDirectories } from '../ports/school-directory.js';

/** Tells directories that a school has changed; many changes at once are one piece of news. What is not told is read by cursor. */
@Injectable()
export class AnnounceListings {
  private readonly logger = new Logger(AnnounceListings.name);

  constructor(
    private readonly em: EntityManager,
    private readonly directories: SchoolDirectories,
  ) {}

  @Handles(ListingChanged, { name: 'schools.announce-listing', mode: 'external' })
  async announce({ id: messageId, payload: { directory: name } }: EventOf<ListingChanged>): Promise<void> {
    const directory = this.directories.of(name);
    const change = directory && (await this.change(name));
    if (!directory || !change || change.announced >= change.position) return;
    const { position, changedAt } = change;
    const news = { messageId, schoolId: currentSchool(), isListed: await this.isListed(name), position, changedAt };
    const told = await directory.announce(news);
    if (told.outcome === 'unknown') throw new Error(`the directory could not be told: ${told.reason}`);
    if (told.outcome === 'rejected')
      this.logger.warn({ reason: told.reason }, 'a directory refused to hear of a school');
    else await this.note(name, position);
  }

  private change(directory: PartnerName) {
    return schoolQuery<ListingTables>(this.em)
      .selectFrom('listing_changes')
      .select(['position', 'announced_position as announced', 'changed_at as changedAt'])
      .where('directory', '=', directory)
      .executeTakeFirst();
  }

  private async isListed(directory: PartnerName): Promise<boolean> {
    const listings = schoolQuery<ListingTables>(this.em).selectFrom('school_listings').select('directories');
    const listing = await listings.executeTakeFirst();
    return splitList(listing?.directories ?? '').includes(directory);
  }

  private async note(directory: PartnerName, position: number): Promise<void> {
    await globalQuery<ListingTables>(this.em)
      .updateTable('listing_changes')
      .set({ announced_position: position })
      .where('directory', '=', directory)
      .where('school_id', '=', bin(currentSchool()))
      .where('announced_position', '<', position)
      .execute();
  }
}
