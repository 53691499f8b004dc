import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type Asked, byAge, is, isIdOf, List } from '../../../../platform/database/list.js';
import { bin, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import type { Page } from '../../../../platform/http/paging.js';
import type { Id } from '../../../../platform/values/id.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import type { LicenceClass } from '../../../schools/index.js';
import type { LeadKind, LeadSchema, LeadSource, LeadState, RejectReason } from '../domain/lead.js';
import { LeadNotFound } from '../domain/lead-problems.js';
import { type LeadMatch, LeadMatches } from './lead-matches.js';

export interface LeadSummary {
  readonly id: Id;
  readonly source: LeadSource;
  readonly kind: LeadKind;
  readonly state: LeadState;
  readonly locationId: Id | null;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly licenceClass: LicenceClass | null;
  /** The student whom it may be. */
  readonly matchedStudentId: Id | null;
  /** The lead that the same person had open already. */
  readonly duplicateOfId: Id | null;
  /** Who of the school looks after it. */
  readonly assignedTo: Id | null;
  readonly receivedAt: Date;
  readonly escalatedAt: Date | null;
  readonly contactedAt: Date | null;
  readonly closedAt: Date | null;
}

export interface LeadView extends LeadSummary {
  readonly birthDate: LocalDate | null;
  readonly message: string | null;
  readonly consent: { readonly text: string; readonly givenAt: Date } | null;
  readonly rejectReason: RejectReason | null;
  /** The student he became. */
  readonly studentId: Id | null;
  readonly handledBy: Id | null;
  readonly erasedAt: Date | null;
  /** Students who have the address or the number today. */
  readonly matches: readonly LeadMatch[];
  /** Leads that came in from the same person while this one was open, the first ones. */
  readonly duplicateIds: readonly Id[];
}

export interface LeadForMessage {
  readonly source: LeadSource;
  readonly kind: LeadKind;
  readonly state: LeadState;
  readonly licenceClass: LicenceClass | null;
  readonly receivedAt: Date;
}

const mostDuplicates = 50;

export const leadList = new List({
  sorts: { receivedAt: byAge },
  defaultSort: '-receivedAt',
  filters: {
    state: is<LeadState>('state'),
    source: is<LeadSource>('source'),
    locationId: isIdOf('location_id'),
    assignedTo: isIdOf('assigned_to'),
  },
});

/** The leads of the current school. */
@Injectable()
export class LeadReader {
  constructor(
    private readonly em: EntityManager,
    private readonly matches: LeadMatches,
  ) {}

  list(asked: Asked<typeof leadList>): Promise<Page<LeadSummary>> {
    return leadList.page(this.leads, asked);
  }

  /** @throws LeadNotFound */
  async get(id: Id): Promise<LeadView> {
    const row = await this.leads
      .select(['birth_date as birthDate', 'message', 'consent_text', 'consented_at', 'reject_reason as rejectReason'])
      .select(['student_id as studentId', 'handled_by as handledBy', 'erased_at as erasedAt'])
      .where('id', '=', bin(id))
      .executeTakeFirst();
    if (!row) throw new LeadNotFound();
    const { consent_text: text, consented_at: givenAt, ...lead } = row;
    const consent = text !== null && givenAt !== null ? { text, givenAt } : null;
    const duplicateIds = await this.duplicatesOf(id);
    return { ...lead, consent, matches: await this.matches.of(lead), duplicateIds };
  }

  /** Without anything of the person; null when there is none. */
  async forMessage(id: Id): Promise<LeadForMessage | null> {
    return (await this.leads.where('id', '=', bin(id)).executeTakeFirst()) ?? null;
  }

  private async duplicatesOf(id: Id): Promise<Id[]> {
    const rows = await schoolQuery<Tables<typeof LeadSchema>>(this.em)
      .selectFrom('leads')
      .select('id')
      .where('duplicate_of_id', '=', bin(id))
      .orderBy('id')
      .limit(mostDuplicates)
      .execute();
    return rows.map((row) => row.id);
  }

  private get leads() {
    return schoolQuery<Tables<typeof LeadSchema>>(this.em)
      .selectFrom('leads')
      .select(['id', 'source', 'kind', 'state', 'location_id as locationId', 'name', 'email', 'phone'])
      .select(['licence_class as licenceClass', 'matched_student_id as matchedStudentId'])
      .select(['duplicate_of_id as duplicateOfId', 'assigned_to as assignedTo'])
      .select(['received_at as receivedAt', 'escalated_at as escalatedAt'])
      .select(['contacted_at as contactedAt', 'closed_at as closedAt']);
  }
}
