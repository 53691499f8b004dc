import { Injectable } from '@nestjs/common';
import type { Id } from '../../../../platform/values/id.js';
import { SlotBusy } from '../../domain/calendar/calendar-errors.js';
import { Calendar } from '../../domain/calendar/claims.js';
import type { ResourceClaim } from '../../domain/calendar/claimed-slots.js';
import type { ExamBlock } from '../domain/exam-claims.js';
import { ExamTimeTaken } from '../domain/exam-problems.js';
import type { ExamRules } from '../domain/exam-settings.js';
import type { ExamTime } from '../domain/exam.js';

/** An exam that may be planned or moved, with all that it claims. */
export interface ExamDraft {
  readonly id: Id;
  readonly block: ExamBlock;
  readonly claims: readonly ResourceClaim[];
  readonly time: ExamTime;
  readonly rules: ExamRules;
  readonly zone: string;
}

// He who holds the time may be gone when we look who he is.
const MAX_ROUNDS = 5;

/** Does the work that claims an exam's time, in a transaction of its own, and says what is in the way when it cannot. */
@Injectable()
export class ExamPlacer {
  constructor(private readonly calendar: Calendar) {}

  /** @throws ExamTimeTaken */
  async place<T>(draft: ExamDraft, work: () => Promise<T>): Promise<T> {
    for (let round = 1; ; round++) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof SlotBusy)) throw error;
        const busy = await this.busyOf(draft);
        if (busy.length > 0 || round === MAX_ROUNDS) throw new ExamTimeTaken(busy);
      }
    }
  }

  private async busyOf({ id, claims, block }: ExamDraft) {
    const holders = new Set(await this.calendar.busyAmong({ resources: claims, claimedBy: id }));
    const kinds = {
      teacher: block.teacherResourceId,
      student: block.studentResourceId,
      vehicle: block.vehicleResourceId,
    };
    return (['teacher', 'student', 'vehicle'] as const).filter((kind) => holders.has(kinds[kind] ?? -1));
  }
}
