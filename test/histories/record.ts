import type { Id } from '../../src/platform/values/id.js';

/** What became of a booking, as its clients were told. */
export interface Deed {
  readonly did: 'booked' | 'held' | 'confirmed' | 'moved' | 'cancelled' | 'released';
  /** When it starts from then on. */
  readonly startsAt: string;
  /** With others of its series, of all of which one message tells. */
  readonly together?: boolean;
}

export interface TimeOffTaken {
  readonly id: Id;
  readonly teacherId: Id;
  /** The lessons that it was told to leave outside. */
  readonly orphans: readonly Id[];
}

/** All that the clients of one school were told: the only thing they know, and what the database must agree with. */
export class AnswersGiven {
  readonly bookings = new Map<Id, Deed[]>();
  readonly timeOff: TimeOffTaken[] = [];
  readonly exams: Id[] = [];
  readonly series: Id[] = [];
  /** How often each answer was given, by its status or its problem's code. */
  readonly counts = new Map<string, number>();

  note(bookingId: Id, deed: Deed): void {
    this.bookings.set(bookingId, [...(this.bookings.get(bookingId) ?? []), deed]);
  }

  count(answer: string): void {
    this.counts.set(answer, (this.counts.get(answer) ?? 0) + 1);
  }
}
