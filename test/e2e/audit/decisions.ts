import type { Response, Test } from 'supertest';
import {
  lessonTypeInput,
  schoolInput,
  teacherInput,
  vehicleInput,
} from '../../../src/modules/schools/testing/school-inputs.js';
import { studentInput } from '../../../src/modules/students/testing/student-inputs.js';
import type { Caller } from '../../support/test-school.js';
import { krone } from '../till.js';
import type { Stage } from './stage.js';

/** Done here for real, by the owner when nobody else is named; leaves these entries under the request's id. */
interface Done {
  readonly records: readonly string[];
  readonly by?: (stage: Stage) => Caller;
  readonly call: (caller: Caller, stage: Stage) => Promise<Response>;
}

/** Needs more than this stage has: that spec does it and looks for these entries. */
interface DoneElsewhere {
  readonly records: readonly string[];
  readonly shownIn: string;
}

/** Leaves no entry, because. */
type Silent = string;

export type Decision = Done | DoneElsewhere | Silent;

const uploaded = (caller: Caller, studentId: string): Test =>
  caller.post(`/students/${studentId}/documents?kind=contract`).attach('file', Buffer.from('%PDF-1.7'), 'a.pdf');

const unchangedSession = 'whoever has the session may end or continue it; it gives no right that signing in did not';

function shownInSignIn(...records: string[]): DoneElsewhere {
  return { records, shownIn: 'test/e2e/identity.spec.ts' };
}

function shownInMembers(...records: string[]): DoneElsewhere {
  return { records, shownIn: 'test/e2e/members.spec.ts' };
}

/** What each operation that changes something, or hands over a file, writes down. The list is closed: a new one needs a line. */
export const decisions: Readonly<Record<string, Decision>> = {
  // signing in
  refreshSession: unchangedSession,
  logOut: unchangedSession,
  logIn: shownInSignIn('session.opened'),
  acceptInvitation: shownInSignIn('session.opened', 'password.changed'),
  requestPasswordReset: 'sends a link to the address alone; using it is what counts',
  completePasswordReset: shownInSignIn('password.changed'),
  changeMyPassword: shownInSignIn('password.changed'),
  updateMyAccount: shownInSignIn('account.updated'),
  endMySession: shownInSignIn('session.ended'),
  endAllMySessions: shownInSignIn('session.all_ended'),
  enrolSecondFactor: 'offers a secret that counts for nothing until it is confirmed',
  confirmSecondFactor: { records: ['second_factor.enabled'], shownIn: 'test/e2e/second-factor.spec.ts' },
  renewRecoveryCodes: { records: ['second_factor.recovery_codes_renewed'], shownIn: 'test/e2e/second-factor.spec.ts' },
  disableSecondFactor: { records: ['second_factor.disabled'], shownIn: 'test/e2e/second-factor.spec.ts' },

  // members and keys
  inviteMember: shownInMembers('member.role_added'),
  setMemberRoles: shownInMembers('member.role_added', 'member.role_removed'),
  removeMember: shownInMembers('member.role_removed', 'member.removed'),
  resendInvitation: shownInMembers('member.invitation_sent'),
  withdrawInvitation: shownInMembers('member.invitation_withdrawn'),
  createApiKey: {
    records: ['api_key.created'],
    call: (owner) => owner.post('/api-keys', { name: 'Hjemmeside', scopes: ['booking.read'] }),
  },
  openSupportAccess: { records: ['support_access.opened'], shownIn: 'test/e2e/support-access.spec.ts' },
  closeSupportAccess: { records: ['support_access.closed'], shownIn: 'test/e2e/support-access.spec.ts' },
  revokeApiKey: { records: ['api_key.revoked'], shownIn: 'test/e2e/api-keys.spec.ts' },

  // schools
  createSchool: {
    records: ['school.opened'],
    by: ({ admin }) => admin,
    call: (admin, { number }) => admin.post('/v1/schools', schoolInput(`skole-${number}`)),
  },
  updateSchool: { records: ['school.updated'], call: (owner) => owner.patch('', { city: 'Aarhus' }) },
  addTeacher: {
    records: ['teacher.added'],
    call: (owner, { number }) => owner.post('/teachers', teacherInput(`t${number}@nord.example`)),
  },
  updateTeacher: {
    records: ['teacher.updated'],
    call: (owner, { till }) => owner.patch(`/teachers/${till.nord.teacher.id}`, { name: 'Lars H.' }),
  },
  setWorkingHours: {
    records: ['teacher.working_hours_set'],
    by: ({ till }) => till.nord.teacher.caller,
    call: (teacher, { till }) =>
      teacher.put(`/teachers/${till.nord.teacher.id}/working-hours`, {
        workingHours: [{ weekday: 1, starts: '09:00', ends: '15:00' }],
      }),
  },
  addTimeOff: {
    records: ['teacher.time_off_added'],
    call: (owner, stage) =>
      owner.post(`/teachers/${stage.till.nord.teacher.id}/time-off`, { startsAt: stage.noon(), endsAt: stage.noon() }),
  },
  removeTimeOff: {
    records: ['teacher.time_off_removed'],
    call: async (owner, stage) => owner.delete(`/teachers/${stage.teacherId}/time-off/${await stage.timeOff()}`),
  },
  addVehicle: {
    records: ['vehicle.added'],
    call: (owner, { number }) => owner.post('/vehicles', vehicleInput(`AA ${10_000 + number}`)),
  },
  updateVehicle: {
    records: ['vehicle.updated'],
    call: (owner, { till }) => owner.patch(`/vehicles/${till.nord.vehicleId}`, { name: 'Polo' }),
  },
  addLessonType: {
    records: ['lesson_type.added'],
    call: (owner, { number }) => owner.post('/lesson-types', lessonTypeInput({ name: `Lektion ${number}` })),
  },
  updateLessonType: {
    records: ['lesson_type.updated'],
    call: (owner, { till }) => owner.patch(`/lesson-types/${till.nord.lessonTypeId}`, { name: 'Kørelektion' }),
  },

  // students
  enrolStudent: {
    records: ['student.enrolled'],
    call: (owner, { number }) => owner.post('/students', studentInput(`s${number}@nord.example`)),
  },
  updateStudent: {
    records: ['student.updated'],
    call: (owner, { studentId }) => owner.patch(`/students/${studentId}`, { addressLine: 'Sundkrogsgade 7' }),
  },
  addGuardian: {
    records: ['student.guardian_added'],
    call: async (owner, stage) => owner.post(`/students/${await stage.minor()}/guardians`, stage.guardian()),
  },
  removeGuardian: {
    records: ['student.guardian_removed', 'member.role_removed'],
    call: async (owner, stage) => {
      const guardians = `/students/${await stage.minor()}/guardians`;
      const { body } = await owner.post(guardians, stage.guardian()).expect(201);
      return owner.delete(`${guardians}/${body.id}`);
    },
  },

  uploadDocument: { records: ['document.uploaded'], call: (owner, { studentId }) => uploaded(owner, studentId) },
  openDocument: {
    records: ['document.opened'],
    call: async (owner, { studentId }) =>
      owner.post(`/students/${studentId}/documents/${(await uploaded(owner, studentId)).body.id}/link`),
  },
  deleteDocument: {
    records: ['document.deleted'],
    call: async (owner, { studentId }) =>
      owner.delete(`/students/${studentId}/documents/${(await uploaded(owner, studentId)).body.id}`),
  },
  requestDataExport: {
    records: ['student.data_export_requested'],
    call: (owner, { studentId }) => owner.post(`/students/${studentId}/data-exports`),
  },
  openDataExport: {
    records: ['student.data_export_opened'],
    call: async (owner, { studentId, till }) => {
      const { body } = await owner.post(`/students/${studentId}/data-exports`);
      await till.test.settle();
      return owner.post(`/students/${studentId}/data-exports/${body.id}/link`);
    },
  },
  eraseStudent: {
    records: ['student.erasure_requested'],
    call: async (owner, { till }) =>
      owner.post(`/students/${(await till.newStudent()).id}/erasure`, { reason: 'not_needed' }),
  },
  downloadFile: 'the link it needs was written down when it was given',
  exportStudents: {
    records: ['student_list.exported'],
    call: (owner) => owner.get('/students/export.csv'),
  },
  uploadStudentList: {
    records: ['student_import.uploaded'],
    call: (_owner, stage) => stage.uploadStudent(),
  },
  startStudentImport: {
    records: ['student_import.started'],
    call: async (owner, stage) => owner.post(`/student-imports/${await stage.checkedImport()}/start`, {}),
  },
  cancelStudentImport: {
    records: ['student_import.cancelled'],
    call: async (owner, stage) => owner.post(`/student-imports/${await stage.checkedImport()}/cancel`),
  },
  downloadStudentImportErrors: 'rows that the office uploaded, back to the office',

  // finance
  updateFinanceSettings: {
    records: ['finance_settings.updated'],
    call: (owner) => owner.put('/finance-settings', { paymentTermsDays: 14, bankAccount: null }),
  },
  createCharge: {
    records: ['charge.recorded'],
    call: (owner, { studentId }) =>
      owner.post('/charges', { studentId, description: 'Bog', gross: krone(100), vatRateBp: 2500 }),
  },
  issueInvoice: {
    records: ['invoice.issued'],
    call: async (owner, { till }) => {
      const { id: studentId } = await till.newStudent();
      await till.charge(studentId);
      return owner.post('/invoices', { studentId });
    },
  },
  creditInvoice: {
    records: ['credit_note.issued'],
    call: async (owner, { till }) => owner.post(`/invoices/${(await till.invoiced()).invoiceId}/credit-notes`, {}),
  },
  createCheckout: {
    records: ['payment.begun'],
    call: async (owner, { till }) => owner.post(`/invoices/${(await till.invoiced()).invoiceId}/checkout`),
  },
  refundPayment: {
    records: ['refund.requested'],
    call: async (owner, stage) => owner.post(`/payments/${await stage.paymentToRefund()}/refunds`, { reason: 'Fejl' }),
  },
  receiveWebhook:
    'keeps what a provider says; what follows from it is written down where it happens, as the provider’s',
  downloadJournal: {
    records: ['journal.downloaded'],
    call: (owner, { till }) => owner.get(`/accounting/journal.csv?date=${till.today()}`),
  },
  getInvoicePdf: 'one invoice, to whoever may read it anyway',

  // bookings
  bookLesson: {
    records: ['booking.booked', 'charge.recorded'],
    call: (owner, stage) => owner.post('/bookings', stage.lessonBody()),
  },
  rescheduleBooking: {
    records: ['booking.moved'],
    call: async (owner, stage) =>
      owner.post(`/bookings/${await stage.lesson()}/reschedule`, { startsAt: stage.noon() }),
  },
  cancelBooking: {
    records: ['booking.cancelled', 'charge.voided'],
    by: ({ till }) => till.nord.student.caller,
    call: async (student, stage) => student.post(`/bookings/${await stage.lesson()}/cancel`, {}),
  },
  completeBooking: {
    records: ['booking.completed'],
    call: async (owner, stage) => owner.post(`/bookings/${await stage.lessonThatBegan()}/complete`),
  },
  markNoShow: {
    records: ['booking.no_show'],
    call: async (owner, stage) => owner.post(`/bookings/${await stage.lessonThatBegan()}/no-show`),
  },

  // operators
  retryDeadLetter: {
    records: ['delivery.retried'],
    by: ({ admin }) => admin,
    call: async (admin, stage) => admin.post('/v1/ops/deliveries/retry', await stage.deadLetter()),
  },
  retryAllDeadLetters: {
    records: ['delivery.all_retried'],
    by: ({ admin }) => admin,
    call: async (admin, stage) => {
      const { handler } = await stage.deadLetter();
      return admin.post('/v1/ops/deliveries/retry-all', { handler });
    },
  },
  discardDeadLetter: {
    records: ['delivery.discarded'],
    by: ({ admin }) => admin,
    call: async (admin, stage) => admin.post('/v1/ops/deliveries/discard', await stage.deadLetter()),
  },
  runSchedule: {
    records: ['schedule.run_requested'],
    by: ({ admin }) => admin,
    call: (admin) => admin.post('/v1/ops/schedules/run', { name: 'audit.purge' }),
  },
  replayWebhook: {
    records: ['webhook.replayed'],
    by: ({ admin }) => admin,
    call: async (admin, stage) => admin.post(`/v1/ops/webhooks/${await stage.webhook()}/replay`),
  },
};
