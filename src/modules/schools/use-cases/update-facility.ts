import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { changedFields } from '../../../platform/audit/changed-fields.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { assertAsSeen } from '../../../platform/http/conditional/precondition.js';
import type { Id } from '../../../platform/values/id.js';
import { Facility, type FacilityChange } from '../domain/facility.js';
import { FacilityNotFound } from '../domain/school-problems.js';
import { FacilityReader, type FacilityView } from '../queries/facility-reader.js';
import { LocationReader } from '../queries/location-reader.js';
import { ResourceRegistry } from './resource-registry.js';

/** Changes a facility, or takes it out of use: what is booked there stands, new lessons do not get it. */
@Injectable()
export class UpdateFacility {
  constructor(
    readonly em: EntityManager,
    private readonly resources: ResourceRegistry,
    private readonly locations: LocationReader,
    private readonly reader: FacilityReader,
    private readonly audit: Audit,
  ) {}

  /** @throws FacilityNotFound, UnknownLocation */
  @Transaction()
  async execute(facilityId: Id, change: FacilityChange & { readonly places?: number }): Promise<FacilityView> {
    const facility = await this.em.findOne(Facility, { id: facilityId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!facility) throw new FacilityNotFound();
    await assertAsSeen(() => this.reader.get(facilityId));
    await this.locations.checkKnown([change.locationId], 'locationId');
    const fields = changedFields(await this.reader.get(facilityId), change);
    facility.change(change);
    if (change.places !== undefined) await this.resources.resize(facility.resourceId, change.places);
    await this.em.flush();
    const { active } = facility;
    await this.audit.record({ action: 'facility.updated', subjectId: facilityId, details: { fields, active } });
    return this.reader.get(facilityId);
  }
}
