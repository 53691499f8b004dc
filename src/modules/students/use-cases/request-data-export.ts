import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { DataExport } from '../domain/privacy/data-export.js';
import { DataExportRequested } from '../domain/privacy/privacy-events.js';
import { Student } from '../domain/student.js';
import { DataExportReader, type DataExportView } from '../queries/data-export-reader.js';
import { OwnStudents } from '../queries/own-students.js';
import { ForgetDataExport } from './forget-data-export.js';

/** Orders a file with all that the school keeps about a student, in place of those before: each may be as large as all his documents. */
@Injectable()
export class RequestDataExport {
  constructor(
    readonly em: EntityManager,
    private readonly students: OwnStudents,
    private readonly reader: DataExportReader,
    private readonly forgetExport: ForgetDataExport,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @throws StudentNotFound also when he is none of the actor's business */
  @Transaction()
  async execute(actor: Actor, studentId: Id): Promise<DataExportView> {
    await this.students.get(actor, studentId);
    // Of several who order at once each finds what the one before has ordered.
    await this.em.findOneOrFail(Student, { id: studentId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    const earlier = await this.em.find(DataExport, { studentId });
    const underWay = earlier.find(({ state }) => state === 'being_made');
    if (underWay) return this.reader.get(actor, studentId, underWay.id);
    for (const { id } of earlier) await this.forgetExport.execute(id);
    const { schoolId, id: requestedBy } = actor;
    const ordered = DataExport.of({ schoolId, studentId, requestedBy, requestedAt: this.clock.now() });
    await this.em.persist(ordered).flush();
    await this.outbox.record(new DataExportRequested({ exportId: ordered.id }));
    await this.audit.record({ action: 'student.data_export_requested', subjectId: studentId });
    return this.reader.get(actor, studentId, ordered.id);
  }
}
