import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { bin, globalQuery } from '../../../../platform/database/query.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { assertAsSeen } from '../../../../platform/http/conditional/precondition.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { School } from '../../domain/school.js';
import { LocationReader } from '../../queries/location-reader.js';
import { type ListingDetails, SchoolListing, splitList } from '../domain/school-listing.js';
import type { ListingTables } from '../listing.tables.js';
import { ListingReader, type ListingView } from '../queries/listing-reader.js';
import { ListingChanges } from './listing-changes.js';

/** Says how the school shows itself in public directories, and in which; in none until it says so. */
@Injectable()
export class SetListing {
  constructor(
    readonly em: EntityManager,
    private readonly locations: LocationReader,
    private readonly reader: ListingReader,
    private readonly changes: ListingChanges,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** @throws WebsiteNotAllowed, UnknownLocation */
  @Transaction()
  async execute(details: ListingDetails): Promise<ListingView> {
    const schoolId = currentSchool();
    // Two who set it wait for each other, also while there is none yet.
    await this.em.findOneOrFail(School, { id: schoolId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    await assertAsSeen(() => this.reader.own());
    await this.locations.checkKnown(details.branchIds, 'branchIds');
    const known = await this.em.findOne(SchoolListing, { schoolId }, { refresh: true });
    const before = known ? splitList<(typeof details.directories)[number]>(known.directoryList) : [];
    const listing = known ?? Object.assign(new SchoolListing(), { schoolId });
    listing.change(details, this.clock.now());
    await this.em.persist(listing).flush();
    await this.replaceBranches(schoolId, [...new Set(details.branchIds)]);
    await this.changes.touchedIn([...new Set([...before, ...details.directories])]);
    const { directories, eventDirectories = [] } = details;
    await this.audit.record({ action: 'listing.set', subjectId: schoolId, details: { directories, eventDirectories } });
    return this.reader.own();
  }

  private async replaceBranches(schoolId: Id, branchIds: readonly Id[]): Promise<void> {
    const db = globalQuery<ListingTables>(this.em);
    await db.deleteFrom('listing_branches').where('school_id', '=', bin(schoolId)).execute();
    if (branchIds.length === 0) return;
    const rows = branchIds.map((id) => ({ school_id: bin(schoolId), location_id: bin(id) }));
    await db.insertInto('listing_branches').values(rows).execute();
  }
}
