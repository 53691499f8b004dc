import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import type { Id } from '../../../../platform/values/id.js';
import { addDays, localDate, localTime, type LocalTime } from '../../../../platform/values/zone.js';
import { Scheduling } from '../../../schools/index.js';
import { SLOT_MINUTES } from '../../domain/calendar/slots.js';
import { OffGrid } from '../../domain/errors.js';
import { BookingsAtHand } from '../../use-cases/bookings-at-hand.js';
import { NamedTwice, NothingToChange } from '../domain/series-problems.js';
import { occurrenceOf } from '../domain/weekly-pattern.js';
import type { LessonTarget } from './lessons-mover.js';
import { SeriesLessons, type LessonsMeant } from './series-lessons.js';

/** How lessons of a series change: by the clocks of the school, so that summer time moves none of them. */
export interface SeriesShift extends LessonsMeant {
  /** The same time of day, when left out. */
  readonly time?: LocalTime;
  /** So many days later, or earlier when negative. */
  readonly days?: number;
  readonly teacherId?: Id;
  readonly vehicleId?: Id;
}

/** What one of several bookings becomes. */
export interface GivenMove {
  readonly bookingId: Id;
  /** The same time, when left out. */
  readonly startsAt?: Date;
  readonly teacherId?: Id;
  readonly vehicleId?: Id;
}

/** Where lessons are to be moved, read anew at each try. */
@Injectable()
export class MoveTargets {
  constructor(
    readonly em: EntityManager,
    private readonly scheduling: Scheduling,
    private readonly series: SeriesLessons,
    private readonly bookings: BookingsAtHand,
  ) {}

  /** @throws NothingToChange | OffGrid, or what says which lessons are meant */
  @Transaction()
  async ofSeries(actor: Actor, seriesId: Id, shift: SeriesShift): Promise<LessonTarget[]> {
    const { time, days = 0, teacherId, vehicleId } = shift;
    if (time === undefined && days === 0 && !teacherId && !vehicleId) throw new NothingToChange();
    if (time !== undefined && Number(time.slice(3)) % SLOT_MINUTES !== 0) throw new OffGrid('time');
    const lessons = await this.series.meant(actor, seriesId, shift);
    const { zone } = await this.scheduling.school();
    return lessons.map(({ booking, student }) => {
      const date = addDays(localDate(booking.startsAt, zone), days);
      const to = occurrenceOf(date, time ?? localTime(booking.startsAt, zone), zone);
      return { booking, student, ...to, ...withWhom(booking, shift) };
    });
  }

  /** @throws NamedTwice | BookingNotFound */
  @Transaction()
  async given(actor: Actor, moves: readonly GivenMove[]): Promise<LessonTarget[]> {
    const ids = moves.map(({ bookingId }) => bookingId);
    checkEachOnce(ids, (index) => `moves.${index}.bookingId`);
    const lessons = await this.bookings.loadAll(actor, ids);
    return lessons.map(({ booking, student }, index) => {
      const move = moves[index]!;
      return { booking, student, startsAt: move.startsAt ?? booking.startsAt, ...withWhom(booking, move) };
    });
  }
}

/** @throws NamedTwice naming the second one's field */
export function checkEachOnce(ids: readonly Id[], fieldOf: (index: number) => string): void {
  const second = ids.findIndex((id, index) => ids.indexOf(id) < index);
  if (second >= 0) throw new NamedTwice(fieldOf(second));
}

/** Its own teacher, when no other is named. */
function withWhom(
  booking: { readonly teacherId: Id },
  { teacherId, vehicleId }: Pick<GivenMove, 'teacherId' | 'vehicleId'>,
) {
  return { teacherId: teacherId ?? booking.teacherId, ...(vehicleId && { vehicleId }) };
}
