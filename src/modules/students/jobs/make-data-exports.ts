import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Readable } from 'node:stream';
import { globalQuery, type Tables } from '../../../platform/database/query.js';
import { StoredFiles } from '../../../platform/files/stored-files.js';
import { type ZipEntry, zipped } from '../../../platform/files/zip.js';
import type { EventOf } from '../../../platform/outbox/event.js';
import { Handles } from '../../../platform/outbox/handles.js';
import { PersonalData } from '../../../platform/privacy/personal-data.js';
import { Schedule } from '../../../platform/schedules/schedule.js';
import { acrossSchools, inSchool } from '../../../platform/tenancy/tenancy.js';
import { DataExport, type DataExportSchema } from '../domain/privacy/data-export.js';
import { DataExportRequested } from '../domain/privacy/privacy-events.js';
import { StudentDocument } from '../domain/student-document.js';
import { StudentDirectory } from '../queries/student-directory.js';
import { ForgetDataExport } from '../use-cases/forget-data-export.js';
import { KeepDataExport } from '../use-cases/keep-data-export.js';

/** Makes what was ordered, as a ZIP of JSON and documents, and takes it away after a week. */
@Injectable()
export class MakeDataExports {
  constructor(
    private readonly em: EntityManager,
    private readonly personalData: PersonalData,
    private readonly students: StudentDirectory,
    private readonly files: StoredFiles,
    private readonly keepExport: KeepDataExport,
    private readonly forgetExport: ForgetDataExport,
  ) {}

  @Handles(DataExportRequested, { name: 'students.make-data-export', mode: 'external' })
  async make({ payload: { exportId } }: EventOf<DataExportRequested>): Promise<void> {
    const ordered = await this.em.findOne(DataExport, { id: exportId, state: 'being_made' });
    if (!ordered) return;
    const data = await this.personalData.exportOf(await this.students.get(ordered.studentId));
    const json = Buffer.from(JSON.stringify(data, null, 2));
    const documents = await this.em.find(StudentDocument, { studentId: ordered.studentId });
    const entries = [
      { name: 'data.json', content: async () => Readable.from([json]) },
      ...documents.map(({ fileId }) => this.entryOf(fileId)),
    ];
    const content = Readable.from(zipped(entries), { objectMode: false });
    const name = `data-${ordered.requestedAt.toISOString().slice(0, 10)}.zip`;
    await this.keepExport.execute(exportId, await this.files.receive({ name, mediaType: 'application/zip', content }));
  }

  @Schedule('students.forget-data-exports', { every: { hours: 1 } })
  async forgetOld(now: Date): Promise<void> {
    const old = await acrossSchools('exports of any school that have expired', () =>
      globalQuery<Tables<typeof DataExportSchema>>(this.em)
        .selectFrom('student_data_exports')
        .select(['id', 'school_id as schoolId'])
        .where('expires_at', '<=', now)
        .execute(),
    );
    for (const { id, schoolId } of old) await inSchool(schoolId, () => this.forgetExport.execute(id));
  }

  // By the id that data.json names: what the file is called may be anything, twice.
  private entryOf(fileId: StudentDocument['fileId']): ZipEntry {
    return { name: `documents/${fileId}`, content: () => this.files.contentOf(fileId) };
  }
}
