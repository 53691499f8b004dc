import { defineEntity } from '@mikro-orm/core';
import { code, id, instant, schoolScoped } from '../../../../platform/database/columns.js';
import { type Id, newId } from '../../../../platform/values/id.js';

export const dataExportStates = ['being_made', 'ready'] as const;
export type DataExportState = (typeof dataExportStates)[number];

const daysKept = 7;

export const DataExportSchema = defineEntity({
  name: 'DataExport',
  tableName: 'student_data_exports',
  ...schoolScoped,
  uniques: [{ name: 'student_data_exports_school_id', properties: ['schoolId', 'id'] }],
  indexes: [
    { name: 'student_data_exports_student', properties: ['schoolId', 'studentId'] },
    { name: 'student_data_exports_file', properties: ['schoolId', 'fileId'] },
    { name: 'student_data_exports_expires', properties: ['expiresAt'] },
  ],
  properties: {
    id: id().primary(),
    schoolId: id(),
    studentId: id(),
    fileId: id().nullable(),
    state: code<DataExportState>(),
    requestedBy: id(),
    requestedAt: instant(),
    expiresAt: instant(),
  },
});

/** All that the school keeps about a student, on its way to him as a file. */
export class DataExport extends DataExportSchema.class {
  static of(origin: {
    readonly schoolId: Id;
    readonly studentId: Id;
    readonly requestedBy: Id;
    readonly requestedAt: Date;
  }): DataExport {
    const expiresAt = new Date(origin.requestedAt.getTime() + daysKept * 86_400_000);
    return Object.assign(new DataExport(), origin, { id: newId(), fileId: null, state: 'being_made', expiresAt });
  }

  isReadyIn(fileId: Id): void {
    this.fileId = fileId;
    this.state = 'ready';
  }
}
DataExportSchema.setClass(DataExport);
