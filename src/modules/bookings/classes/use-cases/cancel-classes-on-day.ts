import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import type { Id } from '../../../../platform/values/id.js';
import { ClassesOnDay, type ClassOnDay, type DayLeft } from '../../ports/classes-on-day.js';
import { SessionsOfDay } from '../queries/sessions-of-day.js';
import { ClassCanceller } from './class-canceller.js';
import { CoursesAtHand } from './courses-at-hand.js';

/** The sessions of a day that is cancelled as a whole. */
@Injectable()
export class CancelClassesOnDay extends ClassesOnDay {
  constructor(
    private readonly sessions: SessionsOfDay,
    private readonly atHand: CoursesAtHand,
    private readonly canceller: ClassCanceller,
  ) {
    super();
  }

  of(day: DayLeft): Promise<ClassOnDay[]> {
    return this.sessions.of(day);
  }

  async cancel(actor: Actor, sessionId: Id, day: DayLeft, reason: string): Promise<boolean> {
    const { course, session } = await this.atHand.holdSession(actor, sessionId);
    if (!(await this.sessions.includes(day, sessionId))) return false;
    await this.canceller.cancel(course, session, reason);
    return true;
  }
}
