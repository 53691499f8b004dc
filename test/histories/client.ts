import type { Id } from '../../src/platform/values/id.js';
import { atLocal, weekdayOf, type LocalDate } from '../../src/platform/values/zone.js';
import type { AnswersGiven, Deed } from './record.js';
import type { Troupe } from './stage.js';
import type { Wish } from './wishes.js';

interface Answer {
  readonly status: number;
  readonly body: Body;
}

// What is read of answers; each is held against the document elsewhere.
interface Body {
  readonly id: Id;
  readonly code?: string;
  readonly state: string;
  readonly startsAt: string;
  readonly lessons: readonly { readonly id: Id; readonly startsAt: string }[];
  readonly timeOff: { readonly id: Id };
  readonly orphanedBookings: readonly { readonly bookingId: Id }[];
}

const quarter = 15 * 60_000;

/** Somebody at a school's desk or phone, through one process, on one date. */
export class Client {
  constructor(
    private readonly url: string,
    private readonly troupe: Troupe,
    private readonly date: LocalDate,
    private readonly answers: AnswersGiven,
    private readonly letRunOut: (bookingId: Id) => Promise<void>,
  ) {}

  async do(wish: Wish): Promise<void> {
    switch (wish.want) {
      case 'book':
        return this.book(this.troupe.office, {
          startsAt: this.time(wish.slot),
          studentId: pick(this.troupe.students, wish.student)!.id,
          ...this.teacher(wish.teacher),
        });
      case 'bookAsStudent':
        return this.book(pick(this.troupe.students, wish.student)!.token, { startsAt: this.time(wish.slot) });
      case 'move':
        return this.move(wish);
      case 'cancel':
        return this.cancel(wish.booking);
      case 'hold':
        return this.book(this.troupe.office, {
          startsAt: this.time(wish.slot),
          studentId: pick(this.troupe.students, wish.student)!.id,
          hold: { minutes: 60 },
          ...this.teacher(wish.teacher),
        });
      case 'confirm':
        return this.end(wish.booking, 'confirm');
      case 'release':
        return this.end(wish.booking, 'release');
      case 'letRunOut': {
        const id = this.booking(wish.booking);
        return id && this.letRunOut(id);
      }
      case 'bookSeries':
        return this.bookSeries(wish);
      case 'moveSeries':
        return this.moveSeries(wish);
      case 'cancelSeries':
        return this.cancelSeries(wish.series);
      case 'planExam':
        return this.planExam(wish);
      case 'cancelExam':
        return this.cancelExam(wish.exam);
      case 'takeTimeOff':
        return this.takeTimeOff(wish);
      case 'returnToWork':
        return this.returnToWork(wish.timeOff);
    }
  }

  private async book(token: string, lesson: object): Promise<void> {
    const { status, body } = await this.call('POST', '/bookings', token, {
      lessonTypeId: this.troupe.lessonTypeId,
      ...lesson,
    });
    const did = body.state === 'held' ? 'held' : 'booked';
    if (status === 201) this.answers.note(body.id, { did, startsAt: body.startsAt });
  }

  private async move({ booking, slot, teacher }: Extract<Wish, { want: 'move' }>): Promise<void> {
    const id = this.booking(booking);
    if (!id) return;
    const to = { startsAt: this.time(slot), ...this.teacher(teacher) };
    const { status, body } = await this.call('POST', `/bookings/${id}/reschedule`, this.troupe.office, to);
    if (status === 200) this.answers.note(id, { did: 'moved', startsAt: body.startsAt });
  }

  private async cancel(booking: number): Promise<void> {
    const id = this.booking(booking);
    if (!id) return;
    const { status, body } = await this.call('POST', `/bookings/${id}/cancel`, this.troupe.office, {});
    if (status === 200) this.answers.note(id, { did: 'cancelled', startsAt: body.startsAt });
  }

  private async end(booking: number, how: 'confirm' | 'release'): Promise<void> {
    const id = this.booking(booking);
    if (!id) return;
    const { status, body } = await this.call('POST', `/bookings/${id}/${how}`, this.troupe.office, {});
    if (status !== 200) return;
    this.answers.note(id, { did: how === 'release' ? 'released' : 'confirmed', startsAt: body.startsAt });
  }

  private async bookSeries(wish: Extract<Wish, { want: 'bookSeries' }>): Promise<void> {
    const { status, body } = await this.call('POST', '/booking-series', this.troupe.office, {
      lessonTypeId: this.troupe.lessonTypeId,
      studentId: pick(this.troupe.students, wish.student)!.id,
      ...this.teacher(wish.teacher),
      weekdays: [weekdayOf(this.date)],
      time: clock(wish.slot),
      from: this.date,
      count: wish.weeks,
      onConflict: wish.onConflict,
    });
    if (status !== 201) return;
    this.answers.series.push(body.id);
    this.together('booked', body);
  }

  private async moveSeries({ series, slot, onConflict }: Extract<Wish, { want: 'moveSeries' }>): Promise<void> {
    const id = pick(this.answers.series, series);
    if (!id) return;
    const to = { scope: 'all', time: clock(slot), onConflict };
    const { status, body } = await this.call('POST', `/booking-series/${id}/move`, this.troupe.office, to);
    if (status === 200) this.together('moved', body);
  }

  private async cancelSeries(series: number): Promise<void> {
    const id = pick(this.answers.series, series);
    if (!id) return;
    const all = { scope: 'all', onConflict: 'skip' };
    const { status, body } = await this.call('POST', `/booking-series/${id}/cancel`, this.troupe.office, all);
    if (status === 200) this.together('cancelled', body);
  }

  private together(did: Deed['did'], { lessons }: Body): void {
    // One alone is told of as any lesson.
    const together = lessons.length > 1;
    for (const { id, startsAt } of lessons) this.answers.note(id, { did, startsAt, together });
  }

  private async planExam({ slot, teacher, student }: Extract<Wish, { want: 'planExam' }>): Promise<void> {
    const { status, body } = await this.call('POST', '/exams', this.troupe.office, {
      kind: 'practical',
      startsAt: this.time(slot),
      minutes: 45,
      place: 'Herlev',
      studentId: pick(this.troupe.students, student)!.id,
      ...this.teacher(teacher),
      vehicleId: this.troupe.school.vehicleId,
    });
    if (status === 201) this.answers.exams.push(body.id);
  }

  private async cancelExam(exam: number): Promise<void> {
    const id = pick(this.answers.exams, exam);
    if (id) await this.call('POST', `/exams/${id}/cancel`, this.troupe.office, {});
  }

  private booking(choice: number): Id | undefined {
    return pick([...this.answers.bookings.keys()], choice);
  }

  private async takeTimeOff({ slot, slots, teacher }: Extract<Wish, { want: 'takeTimeOff' }>): Promise<void> {
    const teacherId = pick(this.troupe.teachers, teacher)!.id;
    const { status, body } = await this.call('POST', `/teachers/${teacherId}/time-off`, this.troupe.office, {
      startsAt: this.time(slot),
      endsAt: this.time(slot + slots),
    });
    if (status !== 201) return;
    const orphans = body.orphanedBookings.map(({ bookingId }) => bookingId);
    this.answers.timeOff.push({ id: body.timeOff.id, teacherId, orphans });
  }

  private async returnToWork(timeOff: number): Promise<void> {
    const taken = pick(this.answers.timeOff, timeOff);
    if (taken) await this.call('DELETE', `/teachers/${taken.teacherId}/time-off/${taken.id}`, this.troupe.office);
  }

  private async call(method: string, path: string, token: string, body?: object): Promise<Answer> {
    const response = await fetch(`${this.url}/v1/schools/${this.troupe.school.id}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer = { status: response.status, body: (text ? JSON.parse(text) : {}) as Body };
    if (answer.status >= 500) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    this.answers.count(answer.body.code ?? String(answer.status));
    return answer;
  }

  private teacher(choice: number | null): { teacherId?: Id } {
    return choice === null ? {} : { teacherId: pick(this.troupe.teachers, choice)!.id };
  }

  /** Quarter hours after eight o'clock, on the clocks of the date. */
  private time(slot: number): Date {
    return new Date(atLocal(this.date, '08:00', 'Europe/Copenhagen').getTime() + slot * quarter);
  }
}

/** The same as a wall clock shows it. */
function clock(slot: number): string {
  return `${String(8 + Math.floor(slot / 4)).padStart(2, '0')}:${String((slot % 4) * 15).padStart(2, '0')}`;
}

function pick<T>(all: readonly T[], choice: number): T | undefined {
  return all[choice % all.length];
}
