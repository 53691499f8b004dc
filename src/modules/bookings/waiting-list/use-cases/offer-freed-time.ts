import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Clock } from '../../../../platform/values/clock.js';
import { localDate } from '../../../../platform/values/zone.js';
import { Scheduling } from '../../../schools/index.js';
import { WaitingListSettingsReader } from '../queries/waiting-list-settings-reader.js';
import { WaitingStudents } from '../queries/waiting-students.js';
import { AskNext } from './ask-next.js';
import { OfferRounds, type FreedLesson } from './offer-rounds.js';

/** A time became free: the students who wait for it are asked, some after the other. */
@Injectable()
export class OfferFreedTime {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly scheduling: Scheduling,
    private readonly settings: WaitingListSettingsReader,
    private readonly waiting: WaitingStudents,
    private readonly rounds: OfferRounds,
    private readonly askNext: AskNext,
  ) {}

  /** Does nothing when the time has passed, nobody waits for it, or the school does this by hand. */
  @Transaction()
  async execute(freed: FreedLesson): Promise<void> {
    if (freed.busy.end <= this.clock.now() || !(await this.settings.get()).automatic) return;
    const { zone } = await this.scheduling.school();
    const date = localDate(freed.startsAt, zone);
    if (!(await this.waiting.isAnybodyWaiting({ ...freed, date }))) return;
    await this.askNext.execute(await this.rounds.open(freed));
  }
}
