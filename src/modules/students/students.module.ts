import { Module } from '@nestjs/common';
import { configProvider } from '../../platform/config/config.module.js';
import { SchoolsModule } from '../schools/index.js';
import { DocumentsController } from './http/documents.controller.js';
import { GuardiansController } from './http/guardians.controller.js';
import { PrivacyController } from './http/privacy.controller.js';
import { StudentImportsController } from './http/student-imports.controller.js';
import { StudentsController } from './http/students.controller.js';
import { ForgetStudentImports } from './jobs/forget-student-imports.js';
import { LeadsController } from './leads/http/leads.controller.js';
import { DueLeadsSchedule } from './leads/jobs/due-leads.schedule.js';
import { ReportLeads } from './leads/jobs/report-leads.js';
import { LeadsConfig } from './leads/leads.config.js';
import { LeadPrivacy } from './leads/privacy/lead-privacy.js';
import { DueLeads } from './leads/queries/due-leads.js';
import { LeadMatches } from './leads/queries/lead-matches.js';
import { LeadReader } from './leads/queries/lead-reader.js';
import { LeadAudit } from './leads/queries/lead-audit.js';
import { LeadReport } from './leads/queries/lead-report.js';
import { OpenLeads } from './leads/queries/open-leads.js';
import { AddLead } from './leads/use-cases/add-lead.js';
import { ChangeLead } from './leads/use-cases/change-lead.js';
import { AssignLead } from './leads/use-cases/assign-lead.js';
import { ContactLead } from './leads/use-cases/contact-lead.js';
import { ConvertLead } from './leads/use-cases/convert-lead.js';
import { EraseLead } from './leads/use-cases/erase-lead.js';
import { EscalateLead } from './leads/use-cases/escalate-lead.js';
import { LeadClock } from './leads/use-cases/lead-clock.js';
import { ReceiveLead } from './leads/use-cases/receive-lead.js';
import { RejectLead } from './leads/use-cases/reject-lead.js';
import { TakeInLead } from './leads/use-cases/take-in-lead.js';
import { MakeDataExports } from './jobs/make-data-exports.js';
import { RunErasures } from './jobs/run-erasures.js';
import { RunStudentImports } from './jobs/run-student-imports.js';
import { StudentPrivacy } from './privacy/student-privacy.js';
import { DataExportReader } from './queries/data-export-reader.js';
import { DocumentReader } from './queries/document-reader.js';
import { ErasureReader } from './queries/erasure-reader.js';
import { GuardiansOfMinors } from './queries/guardians-of-minors.js';
import { ExpiringDocuments } from './queries/expiring-documents.js';
import { GuardianReader } from './queries/guardian-reader.js';
import { ImportRowRules } from './queries/import-row-rules.js';
import { OwnStudents } from './queries/own-students.js';
import { SearchWordsAudit } from './queries/search-words-audit.js';
import { StudentDirectory } from './queries/student-directory.js';
import { StudentExport } from './queries/student-export.js';
import { StudentImportReader } from './queries/student-import-reader.js';
import { StudentImportRows } from './queries/student-import-rows.js';
import { StudentReader } from './queries/student-reader.js';
import { StudentSearch } from './queries/student-search.js';
import { AddDocument } from './use-cases/add-document.js';
import { AddGuardian } from './use-cases/add-guardian.js';
import { CancelStudentImport } from './use-cases/cancel-student-import.js';
import { CheckImportRows } from './use-cases/check-import-rows.js';
import { DeleteDocument } from './use-cases/delete-document.js';
import { EnrolImportedRows } from './use-cases/enrol-imported-rows.js';
import { EnrolStudent } from './use-cases/enrol-student.js';
import { ErasePart } from './use-cases/erase-part.js';
import { EraseStudent } from './use-cases/erase-student.js';
import { ExportStudents } from './use-cases/export-students.js';
import { FinishErasure } from './use-cases/finish-erasure.js';
import { ForgetDataExport } from './use-cases/forget-data-export.js';
import { KeepDataExport } from './use-cases/keep-data-export.js';
import { KeepSearchWords } from './use-cases/keep-search-words.js';
import { OpenDataExport } from './use-cases/open-data-export.js';
import { OpenDocument } from './use-cases/open-document.js';
import { ReadErasure } from './use-cases/read-erasure.js';
import { RemoveGuardian } from './use-cases/remove-guardian.js';
import { RequestDataExport } from './use-cases/request-data-export.js';
import { StartStudentImport } from './use-cases/start-student-import.js';
import { UpdateStudent } from './use-cases/update-student.js';
import { UploadDocument } from './use-cases/upload-document.js';
import { UploadStudentList } from './use-cases/upload-student-list.js';

const imports = [
  StudentImportReader,
  StudentImportRows,
  ImportRowRules,
  UploadStudentList,
  CheckImportRows,
  StartStudentImport,
  EnrolImportedRows,
  CancelStudentImport,
  RunStudentImports,
  ForgetStudentImports,
];
const search = [StudentSearch, KeepSearchWords, SearchWordsAudit];
const exporting = [StudentExport, ExportStudents];
const guardians = [AddGuardian, GuardianReader, RemoveGuardian];
const documents = [DocumentReader, AddDocument, UploadDocument, OpenDocument, DeleteDocument];
const privacy = [
  StudentPrivacy,
  DataExportReader,
  RequestDataExport,
  MakeDataExports,
  KeepDataExport,
  OpenDataExport,
  ForgetDataExport,
  ErasureReader,
  ErasePart,
  FinishErasure,
  ReadErasure,
  RunErasures,
];
const leads = [
  configProvider(LeadsConfig),
  AddLead,
  ChangeLead,
  AssignLead,
  ContactLead,
  ConvertLead,
  DueLeads,
  DueLeadsSchedule,
  EraseLead,
  EscalateLead,
  LeadClock,
  LeadMatches,
  LeadPrivacy,
  LeadAudit,
  LeadReport,
  OpenLeads,
  RejectLead,
  ReportLeads,
  TakeInLead,
];
const frontDoor = [
  EraseStudent,
  ExpiringDocuments,
  GuardiansOfMinors,
  OwnStudents,
  StudentDirectory,
  EnrolStudent,
  UpdateStudent,
  LeadReader,
  ReceiveLead,
];

/** The students of a school and their guardians. */
@Module({
  imports: [SchoolsModule],
  controllers: [
    GuardiansController,
    StudentsController,
    StudentImportsController,
    DocumentsController,
    PrivacyController,
    LeadsController,
  ],
  providers: [
    ...frontDoor,
    StudentReader,
    ...search,
    ...exporting,
    ...guardians,
    ...imports,
    ...documents,
    ...privacy,
    ...leads,
  ],
  exports: frontDoor,
})
export class StudentsModule {}
