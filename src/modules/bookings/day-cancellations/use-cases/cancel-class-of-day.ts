import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { personActor } from '../../../../platform/auth/actor.js';
import { inTransaction } from '../../../../platform/database/transaction.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { Scheduling } from '../../../schools/index.js';
import { ClassesOnDay } from '../../ports/classes-on-day.js';
import { againWhenChanged } from '../../use-cases/again-when-changed.js';
import { reasonOf, restOfDay } from '../domain/day-cancellation.js';
import type { DaySummary } from '../queries/day-cancellation-reader.js';
import { ListedClasses } from '../queries/listed-classes.js';
import { AnotherRun } from './another-run.js';

/** Cancels one theory class of a cancelled day. */
@Injectable()
export class CancelClassOfDay {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly scheduling: Scheduling,
    private readonly listed: ListedClasses,
    private readonly classes: ClassesOnDay,
  ) {}

  /** One transaction: it is cancelled, all are told and the list says so, or nothing. */
  async execute(day: DaySummary, sessionId: Id): Promise<void> {
    await againWhenChanged(() => inTransaction(this.em, () => this.cancel(day, sessionId)));
  }

  private async cancel(day: DaySummary, sessionId: Id): Promise<void> {
    const { zone, locale } = await this.scheduling.school();
    const range = restOfDay(day.date, zone, this.clock.now());
    const actor = personActor(day.createdBy, currentSchool(), 'office');
    const reason = reasonOf(day, locale);
    const hit = range !== null && (await this.classes.cancel(actor, sessionId, { ...day, range }, reason));
    if (!(await this.listed.mark(day.id, sessionId, hit ? 'cancelled' : 'skipped'))) throw new AnotherRun();
  }
}
