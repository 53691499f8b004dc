import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery, type Tables } from '../../../../platform/database/query.js';
import { inTransaction, isDuplicateKey } from '../../../../platform/database/transaction.js';
import { canonicalJson } from '../../../../platform/http/idempotency/keyed-request.js';
import { acrossSchools, inSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { fingerprint } from '../../../../platform/webhooks/proofs.js';
import type { PartnerName } from '../../../identity/index.js';
import { Listings } from '../../../schools/index.js';
import type { LeadDetails, LeadSchema, LeadState } from '../domain/lead.js';
import {
  ConsentInTheFuture,
  LeadIdReused,
  LeadNotFound,
  SchoolNotListed,
  UnknownBranch,
} from '../domain/lead-problems.js';
import { TakeInLead } from './take-in-lead.js';

export interface PartnersLead {
  /** The partner's own id of it. */
  readonly id: string;
  readonly schoolId: Id;
  readonly details: LeadDetails;
}

/** What the partner may know of a lead: how it stands, and not who else knows the person. */
export interface LeadReceipt {
  readonly id: string;
  readonly leadId: Id;
  readonly state: LeadState;
  readonly revision: number;
  readonly receivedAt: Date;
}

type Db = Tables<typeof LeadSchema>;

// As far as clocks that nobody sets may be apart.
const skewMs = 15 * 60_000;

/** Takes a lead from a partner, once for each of his ids, however often and by however many at once it is sent. */
@Injectable()
export class ReceiveLead {
  constructor(
    private readonly em: EntityManager,
    private readonly listings: Listings,
    private readonly takeIn: TakeInLead,
    private readonly clock: Clock,
  ) {}

  /** @throws LeadIdReused, SchoolNotListed, UnknownBranch, LeadUnreachable, ConsentInTheFuture */
  async execute(partner: PartnerName, sent: PartnersLead): Promise<LeadReceipt> {
    const requestHash = fingerprint(canonicalJson(sent));
    const known = await this.find(partner, sent.id);
    if (known) return asRepeat(known, requestHash);
    await this.check(partner, sent);
    const origin = { source: partner, externalId: sent.id, requestHash };
    try {
      await inSchool(sent.schoolId, () => inTransaction(this.em, () => this.takeIn.execute(origin, sent.details)));
    } catch (error) {
      if (!isDuplicateKey(error, 'leads_external')) throw error;
    }
    return asRepeat((await this.find(partner, sent.id))!, requestHash);
  }

  /** How it stands. @throws LeadNotFound also for another partner's */
  async receipt(partner: PartnerName, leadId: Id): Promise<LeadReceipt> {
    const row = await this.leads(partner, (query) => query.where('id', '=', bin(leadId)));
    if (!row) throw new LeadNotFound();
    const { requestHash: _, ...receipt } = row;
    return receipt;
  }

  private async check(partner: PartnerName, { schoolId, details }: PartnersLead): Promise<void> {
    const branches = await this.listings.branchesOf(partner, schoolId);
    if (!branches) throw new SchoolNotListed();
    if (details.locationId !== null && !branches.includes(details.locationId)) throw new UnknownBranch();
    const givenAt = details.consent?.givenAt;
    if (givenAt && givenAt.getTime() > this.clock.now().getTime() + skewMs) throw new ConsentInTheFuture();
  }

  private find(partner: PartnerName, externalId: string) {
    return this.leads(partner, (query) => query.where('external_id', '=', externalId));
  }

  private async leads(partner: PartnerName, narrowed: (query: LeadQuery) => LeadQuery) {
    return acrossSchools('a lead is its partner’s, whichever school it is for', async () => {
      const row = await narrowed(this.query.where('source', '=', partner)).executeTakeFirst();
      return row && { ...row, id: row.id! };
    });
  }

  private get query() {
    return globalQuery<Db>(this.em)
      .selectFrom('leads')
      .select(['external_id as id', 'id as leadId', 'state', 'revision', 'received_at as receivedAt'])
      .select('request_hash as requestHash');
  }
}

type LeadQuery = ReceiveLead['query'];

/** What was erased is compared with nothing. */
function asRepeat(
  { requestHash, ...receipt }: LeadReceipt & { requestHash: string | null },
  sent: string,
): LeadReceipt {
  if (requestHash !== null && requestHash !== sent) throw new LeadIdReused();
  return receipt;
}
