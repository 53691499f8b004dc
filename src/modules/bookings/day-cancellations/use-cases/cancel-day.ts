import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { bin, schoolQuery } from '../../../../platform/database/query.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Outbox } from '../../../../platform/outbox/outbox.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import type { TimeRange } from '../../../../platform/values/time-range.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import { AddTimeOff, Scheduling } from '../../../schools/index.js';
import { ClassesOnDay } from '../../ports/classes-on-day.js';
import type { DayTables } from '../day-cancellations.tables.js';
import { DayCancellation, type DayInScope, type DayReason, reasonOf, restOfDay } from '../domain/day-cancellation.js';
import { DayCancelled } from '../domain/day-events.js';
import { DayChanged, DayOver, NobodyToKeepFree, UnknownInDay } from '../domain/day-problems.js';
import { type AskedScope, checkMayCancelDay, scopeOf } from '../domain/day-scope.js';
import { AffectedLessons } from '../queries/affected-lessons.js';
import { DayCancellationReader, type DayView } from '../queries/day-cancellation-reader.js';
import { ListedClasses } from '../queries/listed-classes.js';
import { ListedLessons } from '../queries/listed-lessons.js';

export interface CancelDayCommand extends AskedScope {
  readonly reason: DayReason;
  /** What the students read of it. */
  readonly note?: string;
  /** Each student is offered other times, unless this is false. */
  readonly rebook?: boolean;
  /** Takes the teachers out of the diary for the day. */
  readonly keepFree?: boolean;
  /** As the preview said. */
  readonly expectedLessons?: number;
}

/** Says that a day is cancelled: a job cancels its lessons one student after the other. */
@Injectable()
export class CancelDay {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly scheduling: Scheduling,
    private readonly addTimeOff: AddTimeOff,
    private readonly affected: AffectedLessons,
    private readonly listed: ListedLessons,
    private readonly classes: ClassesOnDay,
    private readonly listedClasses: ListedClasses,
    private readonly reader: DayCancellationReader,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
  ) {}

  /** @throws DayOver | ScopeMismatch | NotYourDay | TeacherNotFound | UnknownInDay | NobodyToKeepFree | DayChanged */
  @Transaction()
  async execute(actor: Actor, date: LocalDate, command: CancelDayCommand): Promise<DayView> {
    const day = scopeOf(date, command);
    await this.checkScope(actor, day);
    const { zone, locale } = await this.scheduling.school();
    const range = restOfDay(date, zone, this.clock.now());
    if (!range) throw new DayOver();
    const { reason, note = null, rebook = true, keepFree = false } = command;
    if (keepFree) await this.keepFree(actor, day, range, { reason, text: reasonOf({ reason, note }, locale) });
    const lessons = await this.affected.of(day, range);
    const { expectedLessons = lessons.length } = command;
    if (expectedLessons !== lessons.length) throw new DayChanged(lessons.length);
    const cancelled = DayCancellation.of({
      ...day,
      schoolId: actor.schoolId,
      reason,
      note,
      rebook,
      keepFree,
      createdBy: actor.id,
      createdAt: this.clock.now(),
    });
    await this.em.persist(cancelled).flush();
    await this.listed.add(cancelled.id, lessons);
    const classes = await this.classes.of({ ...day, range });
    await this.listedClasses.add(cancelled.id, classes);
    await this.outbox.record(new DayCancelled({ cancellationId: cancelled.id, ...day }));
    const details = { ...day, reason, keepFree, lessons: lessons.length, classes: classes.length };
    await this.audit.record({ action: 'day.cancelled', subjectId: cancelled.id, details });
    return this.reader.get(cancelled.id);
  }

  private async checkScope(actor: Actor, { teacherId, vehicleId, locationId }: DayInScope): Promise<void> {
    checkMayCancelDay(actor, teacherId && (await this.scheduling.teacher(teacherId)));
    if (vehicleId && !(await this.isOurs('vehicles', vehicleId))) throw new UnknownInDay('vehicleId');
    if (locationId && !(await this.isOurs('locations', locationId))) throw new UnknownInDay('locationId');
  }

  private async isOurs(table: 'vehicles' | 'locations', id: Id): Promise<boolean> {
    const rows = schoolQuery<DayTables>(this.em).selectFrom(table).select('id').where('id', '=', bin(id));
    return (await rows.executeTakeFirst()) !== undefined;
  }

  private async keepFree(
    actor: Actor,
    { scope, teacherId }: DayInScope,
    { start, end }: TimeRange,
    { reason, text }: { readonly reason: DayReason; readonly text: string },
  ): Promise<void> {
    if (scope !== 'school' && scope !== 'teacher') throw new NobodyToKeepFree();
    const kind = scope === 'teacher' && reason === 'illness' ? 'sick' : 'holiday';
    for (const id of teacherId ? [teacherId] : await this.activeTeachers())
      await this.addTimeOff.execute(actor, id, { startsAt: start, endsAt: end, kind, reason: text.slice(0, 200) });
  }

  /** In the order of their ids, as everybody who changes several teachers' hours must. */
  private async activeTeachers(): Promise<Id[]> {
    const teachers = schoolQuery<DayTables>(this.em).selectFrom('teachers').select('id').where('active', '=', true);
    return (await teachers.orderBy('id').execute()).map(({ id }) => id);
  }
}
