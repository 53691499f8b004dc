import { GuardianshipSchema } from './domain/guardianship.js';
import { StudentImportRowSchema } from './domain/import/student-import-row.js';
import { StudentImportSchema } from './domain/import/student-import.js';
import { LeadSchema } from './leads/domain/lead.js';
import { StudentSearchWordSchema } from './domain/search-words.js';
import { DataExportSchema } from './domain/privacy/data-export.js';
import { ErasurePartSchema, StudentErasureSchema } from './domain/privacy/student-erasure.js';
import { StudentDocumentSchema } from './domain/student-document.js';
import { StudentSchema } from './domain/student.js';

export { StudentsModule } from './students.module.js';
export { StudentSchema } from './domain/student.js';
export { GuardianshipSchema } from './domain/guardianship.js';
export { StudentEnrolled, StudentLeft, StudentStatusChanged } from './domain/events.js';
export { StudentNotFound } from './domain/student-problems.js';
export { studentStatuses, type StudentStatus } from './domain/student-status.js';
export { GuardiansOfMinors, type WardAndGuardian } from './queries/guardians-of-minors.js';
export { ofStudents, OwnStudents, type StudentsInReach } from './queries/own-students.js';
export { type DocumentKind } from './domain/student-document.js';
export { ExpiringDocuments, type ExpiringDocument } from './queries/expiring-documents.js';
export { StudentDirectory, type StudentRecord } from './queries/student-directory.js';
export { EnrolStudent, type EnrolStudentInput } from './use-cases/enrol-student.js';
export { EraseStudent } from './use-cases/erase-student.js';
export { type ErasureReason, erasureReasons } from './domain/privacy/student-erasure.js';
export {
  type LeadDetails,
  type LeadKind,
  LeadSchema,
  type LeadState,
  leadStates,
  mostMessage,
} from './leads/domain/lead.js';
export { LeadAssigned, LeadLeftUntouched, LeadMoved, LeadReceived } from './leads/domain/lead-events.js';
export * from './leads/domain/lead-problems.js';
export { LeadConsentDto } from './leads/http/lead.dto.js';
export { type LeadForMessage, LeadReader } from './leads/queries/lead-reader.js';
export { type LeadReceipt, ReceiveLead } from './leads/use-cases/receive-lead.js';
export { UpdateStudent } from './use-cases/update-student.js';

export const studentsEntities = [
  StudentSchema,
  StudentSearchWordSchema,
  GuardianshipSchema,
  StudentImportSchema,
  StudentImportRowSchema,
  StudentDocumentSchema,
  DataExportSchema,
  StudentErasureSchema,
  ErasurePartSchema,
  LeadSchema,
];
