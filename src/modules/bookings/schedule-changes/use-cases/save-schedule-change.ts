import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import { AnsweringTransaction } from '../../../../platform/http/idempotency/answering-transaction.js';
import { AddClosingDays, AddTimeOff, SetDayHours, SetWorkingHours } from '../../../schools/index.js';
import { type Decision, listed, type ListedDecision } from '../domain/decision.js';
import { UndecidedBookings } from '../domain/errors.js';
import type { WantedChange } from '../domain/wanted-change.js';
import { AffectedBookings } from '../queries/affected-bookings.js';
import { CheckedChanges } from '../queries/checked-changes.js';
import { MOST_SHOWN, type OrphanView, OrphanViews } from '../queries/orphan-views.js';
import { MOST_OTHERS, OtherEntries, type OtherEntry } from '../queries/other-entries.js';
import { againWhenFaster } from './again-when-faster.js';
import { BookingDecisions } from './booking-decisions.js';

export interface SaveScheduleChangeCommand extends WantedChange {
  readonly decisions?: readonly Decision[];
  /** Changes nothing while a lesson is left that nothing was decided on. */
  readonly refuseUndecided?: boolean;
}

export interface SavedChange {
  /** The lessons that the change leaves outside and nothing was decided on, soonest first. */
  readonly orphanedBookings: readonly OrphanView[];
  /** How many there are, shown or not. */
  readonly total: number;
  /** Classes and exams that it leaves outside too. */
  readonly otherEntries: readonly OtherEntry[];
}

/** Saves a change of hours together with what is to become of the lessons that it leaves outside: all of it, or nothing. */
@Injectable()
export class SaveScheduleChange {
  constructor(
    readonly em: EntityManager,
    private readonly changes: CheckedChanges,
    private readonly setWorkingHours: SetWorkingHours,
    private readonly setDayHours: SetDayHours,
    private readonly addTimeOff: AddTimeOff,
    private readonly addClosingDays: AddClosingDays,
    private readonly affected: AffectedBookings,
    private readonly decisions: BookingDecisions,
    private readonly views: OrphanViews,
    private readonly others: OtherEntries,
  ) {}

  /** @throws UndecidedBookings | DecisionRefused | what the change itself is refused for */
  async execute(actor: Actor, command: SaveScheduleChangeCommand): Promise<SavedChange> {
    const decisions = listed(command.decisions ?? []);
    return againWhenFaster(() => this.save(actor, command, decisions));
  }

  @AnsweringTransaction()
  private async save(
    actor: Actor,
    { refuseUndecided = false, ...wanted }: SaveScheduleChangeCommand,
    decisions: readonly ListedDecision[],
  ): Promise<SavedChange> {
    const change = await this.changes.of(actor, wanted);
    const otherEntries = (await this.others.leftBy(change)).slice(0, MOST_OTHERS);
    const orphans = await this.affected.of(change, () => this.apply(actor, wanted));
    const decided = new Set(decisions.map(({ bookingId }) => bookingId));
    const undecided = orphans.filter(({ bookingId }) => !decided.has(bookingId));
    if (refuseUndecided && undecided.length > 0) {
      throw new UndecidedBookings(undecided.slice(0, MOST_SHOWN).map(({ bookingId }) => bookingId));
    }
    await this.decisions.carryOut(actor, decisions, orphans);
    const orphanedBookings = await this.views.of(undecided.slice(0, MOST_SHOWN));
    return { orphanedBookings, total: undecided.length, otherEntries };
  }

  private async apply(
    actor: Actor,
    { workingHours, dayHours, timeOff, closingDays = [] }: WantedChange,
  ): Promise<unknown> {
    if (workingHours) return this.setWorkingHours.execute(actor, workingHours.teacherId, workingHours);
    if (dayHours) return this.setDayHours.execute(actor, dayHours.teacherId, dayHours);
    if (timeOff) return this.addTimeOff.execute(actor, timeOff.teacherId, timeOff);
    return this.addClosingDays.execute(actor, closingDays);
  }
}
