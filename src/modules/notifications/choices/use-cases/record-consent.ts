import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import { type Id, newIdAt } from '../../../../platform/values/id.js';
import { type ConsentDecision, MarketingConsent } from '../domain/marketing-consent.js';
import type { ConsentView } from '../queries/standing-consents.js';

/** Writes down that somebody agrees to advertisements on a channel, or does not any more. */
@Injectable()
export class RecordConsent {
  constructor(
    readonly em: EntityManager,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @param recordedBy null when the person did it by a link @throws WordingUnknown */
  @Transaction()
  async execute(userId: Id, decision: ConsentDecision, recordedBy: Id | null): Promise<ConsentView> {
    const decidedAt = this.clock.now();
    const of = { id: newIdAt(decidedAt), schoolId: currentSchool(), userId, recordedBy, decidedAt };
    const consent = MarketingConsent.record(decision, of);
    await this.em.persist(consent).flush();
    const { channel, source } = consent;
    await this.audit.record({
      action: decision.decision === 'given' ? 'consent.given' : 'consent.withdrawn',
      subjectId: userId,
      details: { channel, source },
    });
    const { id, wording = null } = consent;
    return { id, channel, decision: decision.decision, source, wording, recordedBy, decidedAt };
  }
}
