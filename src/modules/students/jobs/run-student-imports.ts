import { Injectable } from '@nestjs/common';
import type { EventOf } from '../../../platform/outbox/event.js';
import { Handles, Postponed } from '../../../platform/outbox/handles.js';
import { Clock } from '../../../platform/values/clock.js';
import { StudentImportStarted, StudentListUploaded } from '../domain/events.js';
import { CheckImportRows } from '../use-cases/check-import-rows.js';
import { EnrolImportedRows } from '../use-cases/enrol-imported-rows.js';

/** Works through imports turn by turn: a turn is short, and the next one goes on from what the rows say, in any process. */
@Injectable()
export class RunStudentImports {
  constructor(
    private readonly checkRows: CheckImportRows,
    private readonly enrolRows: EnrolImportedRows,
    private readonly clock: Clock,
  ) {}

  @Handles(StudentListUploaded, { name: 'students.check-import', mode: 'external' })
  async check({ payload: { importId } }: EventOf<StudentListUploaded>): Promise<void> {
    if (await this.checkRows.execute(importId)) throw new Postponed(this.clock.now(), 'rows are left to check');
  }

  @Handles(StudentImportStarted, { name: 'students.enrol-import', mode: 'external' })
  async enrol({ payload: { importId } }: EventOf<StudentImportStarted>): Promise<void> {
    if (await this.enrolRows.execute(importId)) throw new Postponed(this.clock.now(), 'rows are left to enrol');
  }
}
