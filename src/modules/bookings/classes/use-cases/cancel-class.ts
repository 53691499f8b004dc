import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import { AnsweringTransaction } from '../../../../platform/http/idempotency/answering-transaction.js';
import type { Id } from '../../../../platform/values/id.js';
import { ClassSessionReader, type ClassSessionView } from '../queries/class-session-reader.js';
import { againWhenTaken } from './again-when-taken.js';
import { ClassCanceller } from './class-canceller.js';
import { CoursesAtHand } from './courses-at-hand.js';

/** Cancels one session. */
@Injectable()
export class CancelClass {
  constructor(
    readonly em: EntityManager,
    private readonly atHand: CoursesAtHand,
    private readonly canceller: ClassCanceller,
    private readonly reader: ClassSessionReader,
  ) {}

  /** @throws ClassNotFound | ClassIsCancelled | ClassStarted */
  async execute(actor: Actor, sessionId: Id, reason: string | undefined): Promise<ClassSessionView> {
    return againWhenTaken(() => this.cancel(actor, sessionId, reason));
  }

  @AnsweringTransaction()
  private async cancel(actor: Actor, sessionId: Id, reason: string | undefined): Promise<ClassSessionView> {
    const { course, session } = await this.atHand.holdSession(actor, sessionId);
    await this.canceller.cancel(course, session, reason ?? null);
    return this.reader.get(actor, sessionId);
  }
}
