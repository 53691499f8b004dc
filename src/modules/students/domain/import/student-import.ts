import { defineEntity } from '@mikro-orm/core';
import { bool, code, id, instant, longText, schoolScoped } from '../../../../platform/database/columns.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import { ImportNotOpen } from './import-problems.js';

export const importStates = ['checking', 'ready', 'enrolling', 'done', 'cancelled'] as const;
export type ImportState = (typeof importStates)[number];

/** A list is checked first, and nobody is enrolled before the office has seen what came of it and says so. */
const allowedChanges: Record<ImportState, readonly ImportState[]> = {
  checking: ['ready', 'cancelled'],
  ready: ['enrolling', 'cancelled'],
  enrolling: ['done', 'cancelled'],
  done: [],
  cancelled: [],
};

export const StudentImportSchema = defineEntity({
  name: 'StudentImport',
  tableName: 'student_imports',
  ...schoolScoped,
  uniques: [{ name: 'student_imports_school_id_id_unique', properties: ['schoolId', 'id'] }],
  indexes: [{ name: 'student_imports_created_at_index', properties: ['createdAt'] }],
  properties: {
    id: id().primary(),
    schoolId: id(),
    state: code<ImportState>(),
    /** Whether those it enrols are sent an invitation. */
    invite: bool(),
    /** JSON of the headings that mean nothing to us; their cells were not kept. */
    ignoredColumns: longText(),
    createdAt: instant(),
    finishedAt: instant().nullable(),
  },
});

/** A list of students that a school brings along from elsewhere. */
export class StudentImport extends StudentImportSchema.class {
  static of(schoolId: Id, ignoredColumns: readonly string[], at: Date): StudentImport {
    const initial = { id: newId(), state: 'checking', invite: true, createdAt: at, finishedAt: null } as const;
    return Object.assign(new StudentImport(), initial, {
      schoolId,
      ignoredColumns: JSON.stringify(ignoredColumns),
    });
  }

  /** Every row has been looked at. @throws ImportNotOpen */
  checked(): void {
    this.moveTo('ready');
  }

  /** @throws ImportNotOpen unless it is ready */
  start(invite: boolean): void {
    this.moveTo('enrolling');
    this.invite = invite;
  }

  /** No row is left to enrol. @throws ImportNotOpen */
  finish(at: Date): void {
    this.moveTo('done');
    this.finishedAt = at;
  }

  /** Who is enrolled stays so. @throws ImportNotOpen when it has ended already */
  cancel(at: Date): void {
    this.moveTo('cancelled');
    this.finishedAt = at;
  }

  private moveTo(state: ImportState): void {
    if (!allowedChanges[this.state].includes(state)) throw new ImportNotOpen(this.state);
    this.state = state;
  }
}
StudentImportSchema.setClass(StudentImport);
