import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import { Location, type LocationDetails } from '../domain/location.js';
import { LocationReader, type LocationView } from '../queries/location-reader.js';

@Injectable()
export class AddLocation {
  constructor(
    readonly em: EntityManager,
    private readonly reader: LocationReader,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  @Transaction()
  async execute(details: LocationDetails): Promise<LocationView> {
    const location = Location.open(currentSchool(), details, this.clock.now());
    await this.em.persist(location).flush();
    await this.audit.record({ action: 'location.added', subjectId: location.id });
    return this.reader.get(location.id);
  }
}
