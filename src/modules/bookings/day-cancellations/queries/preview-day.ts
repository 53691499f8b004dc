import { Injectable } from '@nestjs/common';
import { Clock } from '../../../../platform/values/clock.js';
import { Money } from '../../../../platform/values/money.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import { Scheduling } from '../../../schools/index.js';
import { type ClassOnDay, ClassesOnDay } from '../../ports/classes-on-day.js';
import { restOfDay } from '../domain/day-cancellation.js';
import { DayOver } from '../domain/day-problems.js';
import { type AskedScope, scopeOf } from '../domain/day-scope.js';
import { AffectedLessons, type AffectedLesson } from './affected-lessons.js';

export interface DayPreview {
  readonly lessons: readonly AffectedLesson[];
  readonly lessonCount: number;
  readonly classes: readonly AffectedClass[];
  readonly classCount: number;
  readonly studentCount: number;
  /** What it costs the students: a school that cancels takes nothing. */
  readonly fees: Money;
}

export interface AffectedClass extends Omit<ClassOnDay, 'studentIds'> {
  /** How many were to come. */
  readonly studentCount: number;
}

/** Shows whom cancelling a day would hit, before anything is cancelled. */
@Injectable()
export class PreviewDay {
  constructor(
    private readonly clock: Clock,
    private readonly scheduling: Scheduling,
    private readonly affected: AffectedLessons,
    private readonly classes: ClassesOnDay,
  ) {}

  /** @throws DayOver | ScopeMismatch */
  async execute(date: LocalDate, asked: AskedScope): Promise<DayPreview> {
    const { zone, currency } = await this.scheduling.school();
    const range = restOfDay(date, zone, this.clock.now());
    if (!range) throw new DayOver();
    const day = scopeOf(date, asked);
    const lessons = await this.affected.of(day, range);
    const classes = await this.classes.of({ ...day, range });
    const students = [...lessons.map(({ student }) => student.id), ...classes.flatMap(({ studentIds }) => studentIds)];
    return {
      lessons,
      lessonCount: lessons.length,
      classes: classes.map(({ studentIds, ...each }) => ({ ...each, studentCount: studentIds.length })),
      classCount: classes.length,
      studentCount: new Set(students).size,
      fees: Money.of(0, currency),
    };
  }
}
