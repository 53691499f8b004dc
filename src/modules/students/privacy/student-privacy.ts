import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, globalQuery, schoolQuery, type Tables } from '../../../platform/database/query.js';
import type { StoredFileSchema } from '../../../platform/files/stored-file.js';
import { StoredFiles } from '../../../platform/files/stored-files.js';
import {
  type DataSubject,
  ErasesPersonalData,
  ExportsPersonalData,
} from '../../../platform/privacy/personal-data.decorators.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { ForgetAccount } from '../../identity/index.js';
import { Guardianship } from '../domain/guardianship.js';
import type { StudentImportRowSchema } from '../domain/import/student-import-row.js';
import { DataExport } from '../domain/privacy/data-export.js';
import { type StudentDocumentSchema, StudentDocument } from '../domain/student-document.js';
import { StudentReader } from '../queries/student-reader.js';
import { ForgetDataExport } from '../use-cases/forget-data-export.js';
import { RemoveGuardian } from '../use-cases/remove-guardian.js';

type Db = Tables<typeof StudentDocumentSchema | typeof StoredFileSchema | typeof StudentImportRowSchema>;

/** The student's own row, his papers, his guardians, and the lists he came in. The row itself is emptied last of all. */
@Injectable()
export class StudentPrivacy {
  constructor(
    private readonly em: EntityManager,
    private readonly students: StudentReader,
    private readonly files: StoredFiles,
    private readonly removeGuardian: RemoveGuardian,
    private readonly forgetExport: ForgetDataExport,
    private readonly forgetAccount: ForgetAccount,
  ) {}

  @ExportsPersonalData('student')
  student({ id }: DataSubject): Promise<unknown> {
    return this.students.byId(id);
  }

  @ExportsPersonalData('documents')
  documents({ id }: DataSubject): Promise<unknown> {
    return schoolQuery<Db>(this.em)
      .selectFrom('student_documents')
      .innerJoin('stored_files', (join) =>
        join
          .onRef('stored_files.school_id', '=', 'student_documents.school_id')
          .onRef('stored_files.id', '=', 'student_documents.file_id'),
      )
      .select(['stored_files.id as file', 'name', 'media_type as mediaType', 'kind'])
      .select(['expires_on as expiresOn', 'uploaded_at as uploadedAt'])
      .where('student_id', '=', bin(id))
      .orderBy('student_documents.id')
      .execute();
  }

  @ErasesPersonalData('documents')
  async eraseDocuments({ id: studentId }: DataSubject): Promise<null> {
    for (const document of await this.em.find(StudentDocument, { studentId })) {
      await this.em.remove(document).flush();
      await this.files.discard(document.fileId);
    }
    for (const { id } of await this.em.find(DataExport, { studentId })) await this.forgetExport.execute(id);
    return null;
  }

  /** A guardian who is nobody else's, and nothing else anywhere, goes with him. */
  @ErasesPersonalData('guardians')
  async eraseGuardians({ id: studentId }: DataSubject): Promise<null> {
    for (const { id, userId } of await this.em.find(Guardianship, { studentId })) {
      await this.removeGuardian.execute(studentId, id);
      await this.forgetAccount.execute(userId);
    }
    return null;
  }

  @ErasesPersonalData('importedRows')
  async eraseImportedRows({ id, email }: DataSubject): Promise<null> {
    await globalQuery<Db>(this.em)
      .updateTable('student_import_rows')
      // Of what says nothing any more nobody can be enrolled.
      .set({
        state: sql`if(state in ('unchecked', 'valid'), 'invalid', state)`,
        email: null,
        cells: null,
        errors: null,
      })
      .where('school_id', '=', bin(currentSchool()))
      .where((where) => where.or([where('student_id', '=', bin(id)), where('email', '=', email)]))
      .execute();
    return null;
  }
}
