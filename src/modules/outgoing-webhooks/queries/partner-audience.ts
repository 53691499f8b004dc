import { Injectable } from '@nestjs/common';
import { acrossSchools } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';
import { Listings } from '../../schools/index.js';
import type { WebhookType } from '../domain/webhook-types.js';
import { WebhookDues } from './webhook-dues.js';

/** Picks the partners' endpoints that hear of something in a school; a lead's data says who sent it. */
export type Audience = (schoolId: Id, data: object) => Id[];

/** Which partners hear of what: of the leads they sent themselves, and of all else where the school lets them. */
@Injectable()
export class PartnerAudience {
  constructor(
    private readonly dues: WebhookDues,
    private readonly listings: Listings,
  ) {}

  /** Null when no partner wants to hear of that type. */
  of(type: WebhookType, schoolIds: readonly Id[]): Promise<Audience | null> {
    return acrossSchools('which partners hear of what happened', async (): Promise<Audience | null> => {
      const endpoints = await this.dues.subscribedPartners(type);
      const those = (partners: readonly string[]) =>
        endpoints.filter(({ partner }) => partners.includes(partner)).map(({ id }) => id);
      if (endpoints.length === 0) return null;
      if (type.startsWith('lead.')) return (_, data) => ('source' in data ? those([String(data.source)]) : []);
      const partners = await this.listings.hearing(schoolIds);
      return (schoolId) => those(partners.get(schoolId) ?? []);
    });
  }
}
