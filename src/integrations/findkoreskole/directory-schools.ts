import { Injectable } from '@nestjs/common';
import { type PublicPrice, PublicPrices } from '../../modules/finance/index.js';
import type { PartnerName } from '../../modules/identity/index.js';
import { ListedSchoolNotFound, type ListedSchool, Listings } from '../../modules/schools/index.js';
import type { Page } from '../../platform/http/paging.js';
import { acrossSchools, inSchool } from '../../platform/tenancy/tenancy.js';
import { Clock } from '../../platform/values/clock.js';
import type { Id } from '../../platform/values/id.js';
import { localDate } from '../../platform/values/zone.js';
import { CachedFreeTimes, type FreeTimesAsOf } from './cached-free-times.js';

export interface DirectorySchool extends Omit<ListedSchool, 'logoId'> {
  readonly hasLogo: boolean;
  readonly prices: readonly PublicPrice[];
}

const zone = 'Europe/Copenhagen';

/** The schools that chose a directory, as it shows them. */
@Injectable()
export class DirectorySchools {
  constructor(
    private readonly listings: Listings,
    private readonly prices: PublicPrices,
    private readonly freeTimes: CachedFreeTimes,
    private readonly clock: Clock,
  ) {}

  /** @throws InvalidRequest naming `cursor` */
  async page(directory: PartnerName, asked: { limit: number; cursor?: string }): Promise<Page<DirectorySchool>> {
    const { items, nextCursor } = await this.listings.page(directory, asked);
    return { items: await this.priced(items), nextCursor };
  }

  /** @throws ListedSchoolNotFound */
  async get(directory: PartnerName, schoolId: Id): Promise<DirectorySchool> {
    return (await this.priced([await this.listings.get(directory, schoolId)]))[0]!;
  }

  /** @throws ListedSchoolNotFound */
  async nextFreeTimes(directory: PartnerName, schoolId: Id): Promise<FreeTimesAsOf> {
    return this.within(directory, schoolId, () => this.freeTimes.get());
  }

  /** Does the work in a school that chose the directory. @throws ListedSchoolNotFound */
  async within<T>(directory: PartnerName, schoolId: Id, work: () => Promise<T>): Promise<T> {
    if (!(await this.listings.isListed(directory, schoolId))) throw new ListedSchoolNotFound();
    return inSchool(schoolId, work);
  }

  private async priced(schools: readonly ListedSchool[]): Promise<DirectorySchool[]> {
    const ids = schools.map(({ id }) => id);
    const today = localDate(this.clock.now(), zone);
    const prices = await acrossSchools('list prices of schools that show them', () => this.prices.of(ids, today));
    return schools.map(({ logoId, ...school }) => ({
      ...school,
      hasLogo: logoId !== null,
      prices: prices.get(school.id) ?? [],
    }));
  }
}
