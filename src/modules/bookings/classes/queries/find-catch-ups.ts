import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import type { Id } from '../../../../platform/values/id.js';
import { AttendanceReader } from './attendance-reader.js';
import { ClassSessionReader, type ClassSessionView } from './class-session-reader.js';

/** Where a student can catch up what he missed. */
@Injectable()
export class FindCatchUps {
  constructor(
    private readonly attendances: AttendanceReader,
    private readonly sessions: ClassSessionReader,
  ) {}

  /** @throws AttendanceNotFound */
  async execute(actor: Actor, attendanceId: Id): Promise<ClassSessionView[]> {
    const { classId } = await this.attendances.get(actor, attendanceId);
    return this.sessions.sameTopic(actor, classId);
  }
}
