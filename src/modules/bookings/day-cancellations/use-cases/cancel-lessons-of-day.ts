import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { LockMode } from '@mikro-orm/core';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Outbox } from '../../../../platform/outbox/outbox.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { Scheduling } from '../../../schools/index.js';
import { ClassesOnDay } from '../../ports/classes-on-day.js';
import { DayCancellation, restOfDay } from '../domain/day-cancellation.js';
import { DayCancellationFinished } from '../domain/day-events.js';
import { AffectedLessons } from '../queries/affected-lessons.js';
import { ListedClasses } from '../queries/listed-classes.js';
import { ListedLessons } from '../queries/listed-lessons.js';
import { DayCancellationReader, type DaySummary } from '../queries/day-cancellation-reader.js';
import { CancelClassOfDay } from './cancel-class-of-day.js';
import { CancelStudentsDay } from './cancel-students-day.js';
import { ReleaseHoldsOfDay } from './release-holds-of-day.js';

// A turn must be over long before the delivery's lease is.
const studentsAtOnce = 20;
const classesAtOnce = 5;

/** Works through a cancelled day, a portion at a time. */
@Injectable()
export class CancelLessonsOfDay {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly scheduling: Scheduling,
    private readonly reader: DayCancellationReader,
    private readonly affected: AffectedLessons,
    private readonly listed: ListedLessons,
    private readonly cancelStudentsDay: CancelStudentsDay,
    private readonly releaseHolds: ReleaseHoldsOfDay,
    private readonly classes: ClassesOnDay,
    private readonly listedClasses: ListedClasses,
    private readonly cancelClass: CancelClassOfDay,
    private readonly outbox: Outbox,
  ) {}

  /** @returns whether anything is left; repeating it, or stopping it anywhere, cancels nothing twice and tells nobody twice */
  async execute(cancellationId: Id): Promise<boolean> {
    const day = await this.reader.summary(cancellationId);
    if (day.state === 'done') return false;
    const students = await this.listed.students(cancellationId, studentsAtOnce);
    for (const studentId of students) await this.cancelStudentsDay.execute(day, studentId);
    const classes = await this.listedClasses.pending(cancellationId, classesAtOnce);
    for (const sessionId of classes) await this.cancelClass.execute(day, sessionId);
    if (students.length + classes.length > 0) return true;
    await this.releaseHolds.execute(day);
    if (await this.listNew(day)) return true;
    await this.finish(cancellationId);
    return false;
  }

  /** What was booked or planned after the list was made. @returns whether there was anything */
  @Transaction()
  protected async listNew(day: DaySummary): Promise<boolean> {
    const { zone } = await this.scheduling.school();
    const range = restOfDay(day.date, zone, this.clock.now());
    if (!range) return false;
    const missing = await this.listed.missing(day.id, await this.affected.of(day, range));
    await this.listed.add(day.id, missing);
    const missingClasses = await this.listedClasses.missing(day.id, await this.classes.of({ ...day, range }));
    await this.listedClasses.add(day.id, missingClasses);
    return missing.length + missingClasses.length > 0;
  }

  @Transaction()
  protected async finish(cancellationId: Id): Promise<void> {
    const day = await this.em.findOne(
      DayCancellation,
      { id: cancellationId },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    if (day?.state !== 'running') return;
    day.finish(this.clock.now());
    await this.em.flush();
    await this.outbox.record(new DayCancellationFinished({ cancellationId }));
  }
}
