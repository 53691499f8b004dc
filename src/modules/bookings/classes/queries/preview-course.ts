import { Injectable } from '@nestjs/common';
import type { SessionHindrance } from '../domain/course-problems.js';
import type { DatedSession } from '../domain/session-dates.js';
import { ClassPlacer } from '../use-cases/class-placer.js';
import { CourseDrafts, type PlanCourseCommand } from '../use-cases/course-drafts.js';

export interface PreviewedSession extends DatedSession {
  readonly hindrances: readonly SessionHindrance[];
}

export interface CoursePreview {
  /** True when nothing is in the way of any session. */
  readonly free: boolean;
  readonly sessions: readonly PreviewedSession[];
}

/** On which dates a course would be taught, and what is in the way. */
@Injectable()
export class PreviewCourse {
  constructor(
    private readonly drafts: CourseDrafts,
    private readonly placer: ClassPlacer,
  ) {}

  /** @throws InvalidCourse | UnknownCourseReference */
  async execute(command: PlanCourseCommand): Promise<CoursePreview> {
    const { sessions, venue } = await this.drafts.of(command);
    const placements = await this.placer.placements(sessions, venue);
    const previewed = sessions.map((session, index) => ({ ...session, hindrances: placements[index]!.hindrances }));
    return { free: previewed.every(({ hindrances }) => hindrances.length === 0), sessions: previewed };
  }
}
