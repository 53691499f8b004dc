import type { EnrolStudentInput } from '../use-cases/enrol-student.js';

/** A student of category B who may be enrolled. */
export function studentInput(email: string, overrides: Partial<EnrolStudentInput> = {}): EnrolStudentInput {
  return { name: 'Freja Lund', email, licenceClass: 'B', phone: '+4520123458', birthDate: '2008-03-14', ...overrides };
}
