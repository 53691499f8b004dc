import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { changedFields } from '../../../platform/audit/changed-fields.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { assertAsSeen } from '../../../platform/http/conditional/precondition.js';
import type { Id } from '../../../platform/values/id.js';
import { Location, type LocationChange } from '../domain/location.js';
import { LocationNotFound } from '../domain/school-problems.js';
import { LocationReader, type LocationView } from '../queries/location-reader.js';
import { ListingChanges } from '../listing/use-cases/listing-changes.js';

/** Changes a location, or takes it out of use: lessons booked there stand, new ones do not begin there. */
@Injectable()
export class UpdateLocation {
  constructor(
    readonly em: EntityManager,
    private readonly reader: LocationReader,
    private readonly audit: Audit,
    private readonly listing: ListingChanges,
  ) {}

  /** @throws LocationNotFound */
  @Transaction()
  async execute(locationId: Id, change: LocationChange): Promise<LocationView> {
    const location = await this.em.findOne(Location, { id: locationId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!location) throw new LocationNotFound();
    await assertAsSeen(() => this.reader.get(locationId));
    const fields = changedFields(location, change);
    location.change(change);
    await this.em.flush();
    const { active } = location;
    await this.listing.touched();
    await this.audit.record({ action: 'location.updated', subjectId: locationId, details: { fields, active } });
    return this.reader.get(locationId);
  }
}
