import { defineEntity } from '@mikro-orm/core';
import { code, id, instant, localDate, schoolScoped } from '../../../platform/database/columns.js';
import { type Id, newId } from '../../../platform/values/id.js';
import type { LocalDate } from '../../../platform/values/zone.js';

export const documentKinds = ['medical_form', 'first_aid_proof', 'passport_photo', 'contract', 'other'] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** What a document's bytes may be: what a phone or a scanner makes, and nothing that can run. */
export const documentTypes: readonly string[] = [
  'application/pdf',
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/heic',
];

export const maxDocumentMebibytes = 15;
export const maxDocumentsPerStudent = 100;

export const StudentDocumentSchema = defineEntity({
  name: 'StudentDocument',
  tableName: 'student_documents',
  ...schoolScoped,
  uniques: [
    { name: 'student_documents_school_id', properties: ['schoolId', 'id'] },
    { name: 'student_documents_file', properties: ['schoolId', 'fileId'] },
  ],
  indexes: [
    { name: 'student_documents_student', properties: ['schoolId', 'studentId', 'id'] },
    { name: 'student_documents_expiry', properties: ['expiresOn'] },
    { name: 'student_documents_school_expiry', properties: ['schoolId', 'expiresOn'] },
  ],
  properties: {
    id: id().primary(),
    schoolId: id(),
    studentId: id(),
    fileId: id(),
    kind: code<DocumentKind>(),
    /** The last day it counts, for what does not count for ever. */
    expiresOn: localDate().nullable(),
    uploadedBy: id(),
    uploadedAt: instant(),
  },
});

export interface DocumentOrigin {
  readonly schoolId: Id;
  readonly studentId: Id;
  readonly fileId: Id;
  readonly kind: DocumentKind;
  readonly expiresOn: LocalDate | null;
  readonly uploadedBy: Id;
  readonly uploadedAt: Date;
}

/** A paper that a student handed in. */
export class StudentDocument extends StudentDocumentSchema.class {
  static of(origin: DocumentOrigin): StudentDocument {
    return Object.assign(new StudentDocument(), origin, { id: newId() });
  }
}
StudentDocumentSchema.setClass(StudentDocument);
