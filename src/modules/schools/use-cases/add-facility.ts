import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import { Facility, type FacilityDetails } from '../domain/facility.js';
import { FacilityReader, type FacilityView } from '../queries/facility-reader.js';
import { LocationReader } from '../queries/location-reader.js';
import { ResourceRegistry } from './resource-registry.js';

@Injectable()
export class AddFacility {
  constructor(
    readonly em: EntityManager,
    private readonly resources: ResourceRegistry,
    private readonly locations: LocationReader,
    private readonly reader: FacilityReader,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** @throws UnknownLocation */
  @Transaction()
  async execute({ places, ...details }: FacilityDetails): Promise<FacilityView> {
    await this.locations.checkKnown([details.locationId], 'locationId');
    const resourceId = await this.resources.forFacility(details.kind === 'room' ? 'room' : 'track', places);
    const facility = Facility.open(currentSchool(), resourceId, details, this.clock.now());
    await this.em.persist(facility).flush();
    await this.audit.record({ action: 'facility.added', subjectId: facility.id });
    return this.reader.get(facility.id);
  }
}
