import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Encryption } from '../../../platform/crypto/encryption.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { TheoryLinked } from '../domain/events.js';
import { activationUrlContext, leaseMs, TheoryLink } from '../domain/theory-link.js';
import type { LinkAnswer, UnlinkAnswer } from '../ports/theory-platform.js';

/** What is to be asked of the platform about one link. */
export interface TheoryAttempt {
  readonly linkId: Id;
  readonly studentId: Id;
  readonly accountRef: string;
  readonly wish: 'link' | 'unlink';
  /** Nobody has asked before: there is nothing to look up. */
  readonly isFirst: boolean;
}

/** Notes each attempt before it is made, and what came of it afterwards. */
@Injectable()
export class RecordTheoryAnswer {
  constructor(
    readonly em: EntityManager,
    private readonly encryption: Encryption,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Null when nothing is due, or somebody else does it at this moment. */
  @Transaction()
  async begin(linkId: Id): Promise<TheoryAttempt | null> {
    const now = this.clock.now();
    const link = await this.locked(linkId);
    if (!link?.nextTryAt || link.nextTryAt > now) return null;
    link.attempts += 1;
    link.nextTryAt = new Date(now.getTime() + leaseMs);
    await this.em.flush();
    const { studentId, accountRef, state, attempts } = link;
    return { linkId, studentId, accountRef, wish: state === 'waiting' ? 'link' : 'unlink', isFirst: attempts === 1 };
  }

  @Transaction()
  async ofLink(linkId: Id, answer: LinkAnswer): Promise<void> {
    const link = await this.locked(linkId);
    // It was ended meanwhile: the platform hears of that after this.
    if (link?.state !== 'waiting') return;
    const now = this.clock.now();
    if (answer.outcome === 'linked') {
      const { externalRef, activationUrl } = answer.student;
      const sealed = activationUrl && this.encryption.seal(activationUrl, activationUrlContext(linkId));
      link.linked(externalRef, sealed, now);
      await this.outbox.record(new TheoryLinked({ linkId, studentId: link.studentId }));
    } else if (answer.outcome === 'rejected') link.rejected(answer.reason.slice(0, 200));
    else link.postponed(answer.reason.slice(0, 200), now, answer.againInMs);
    await this.em.flush();
  }

  @Transaction()
  async ofUnlink(linkId: Id, answer: UnlinkAnswer): Promise<void> {
    const link = await this.locked(linkId);
    if (link?.state !== 'ending') return;
    const now = this.clock.now();
    if (answer.outcome === 'ended') link.ended(now);
    else link.postponed(answer.reason.slice(0, 200), now, answer.againInMs);
    await this.em.flush();
  }

  private locked(linkId: Id): Promise<TheoryLink | null> {
    return this.em.findOne(TheoryLink, { id: linkId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  }
}
