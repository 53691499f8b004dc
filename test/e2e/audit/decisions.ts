import type { Response, Test } from 'supertest';
import {
  lessonTypeInput,
  schoolInput,
  teacherInput,
  vehicleInput,
} from '../../../src/modules/schools/testing/school-inputs.js';
import { studentInput } from '../../../src/modules/students/testing/student-inputs.js';
import { jpeg } from '../../support/images.js';
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

async function draftOf(owner: Caller, { studentId }: Stage): Promise<string> {
  const lines = [{ description: 'Bog', quantity: 1, unitGross: krone(100), vatRateBp: 2500 }];
  return (await owner.post('/invoice-drafts', { studentId, lines }).expect(201)).body.id;
}

const announcement = { purpose: 'service', channels: ['email'], da: { subject: 'Nyt', text: 'Hej' } };

async function draftedBy(owner: Caller): Promise<string> {
  return (await owner.post('/announcements', announcement).expect(201)).body.id;
}

const aLead = { source: 'phone', name: 'Bo', phone: '+4520999999' };

async function leadOf(owner: Caller): Promise<string> {
  return (await owner.post('/leads', aLead).expect(201)).body.id;
}

const nowhereListed = {
  directories: [],
  profileDa: null,
  profileEn: null,
  languages: [],
  licenceClasses: [],
  branchIds: [],
  website: null,
  rating: null,
};
const theory = { enabled: true, linkOnEnrolment: false, accountNumber: 'ks-1042' };

const ofTheBooks = 'sums of the school’s own books, to whoever may read them anyway';

function shownInSignIn(...records: string[]): DoneElsewhere {
  return { records, shownIn: 'test/e2e/identity.spec.ts' };
}

function shownInMembers(...records: string[]): DoneElsewhere {
  return { records, shownIn: 'test/e2e/members.spec.ts' };
}

function shownInSubscriptions(...records: string[]): DoneElsewhere {
  return { records, shownIn: 'test/e2e/subscriptions.spec.ts' };
}

function shownInAccounting(...records: string[]): DoneElsewhere {
  return { records, shownIn: 'test/e2e/accounting.spec.ts' };
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
  updateSignInRules: {
    records: ['sign_in_rules.updated'],
    call: (owner) => owner.put('/sign-in-rules', { secondFactorFor: 'nobody' }),
  },
  createApiKey: {
    records: ['api_key.created'],
    call: (owner) => owner.post('/api-keys', { name: 'Hjemmeside', scopes: ['booking.read'] }),
  },
  openSupportAccess: { records: ['support_access.opened'], shownIn: 'test/e2e/support-access.spec.ts' },
  closeSupportAccess: { records: ['support_access.closed'], shownIn: 'test/e2e/support-access.spec.ts' },
  // leads and listing
  submitLead: { records: ['lead.received'], shownIn: 'test/e2e/leads.spec.ts' },
  submitRegistration: { records: ['lead.received'], shownIn: 'test/e2e/leads.spec.ts' },
  addLead: { records: ['lead.received'], call: (owner) => owner.post('/leads', aLead) },
  assignLead: {
    records: ['lead.assigned'],
    call: async (owner) => owner.post(`/leads/${await leadOf(owner)}/assign`, { userId: owner.userId }),
  },
  contactLead: {
    records: ['lead.contacted'],
    call: async (owner) => owner.post(`/leads/${await leadOf(owner)}/contact`),
  },
  rejectLead: {
    records: ['lead.rejected'],
    call: async (owner) => owner.post(`/leads/${await leadOf(owner)}/reject`, { reason: 'spam' }),
  },
  convertLead: {
    records: ['lead.converted'],
    call: async (owner, { studentId }) => owner.post(`/leads/${await leadOf(owner)}/convert`, { studentId }),
  },
  eraseLead: { records: ['lead.erased'], call: async (owner) => owner.delete(`/leads/${await leadOf(owner)}`) },
  downloadLeadConversion: 'sums of the school’s own leads, without anybody’s name',
  getListedLogo: 'the logo that the school shows to everybody',
  setListing: { records: ['listing.set'], call: (owner) => owner.put('/listing', nowhereListed) },

  createPartnerKey: {
    records: ['partner_key.created'],
    by: ({ admin }) => admin,
    call: (admin) =>
      admin.post('/v1/partner-keys', { partner: 'findkoreskole', name: 'Drift', scopes: ['directory.read'] }),
  },
  revokePartnerKey: { records: ['partner_key.revoked'], shownIn: 'test/e2e/directory.spec.ts' },
  rotatePartnerKey: { records: ['partner_key.rotated'], shownIn: 'test/e2e/directory.spec.ts' },
  rotateApiKey: { records: ['api_key.rotated'], shownIn: 'test/e2e/api-keys.spec.ts' },
  revokeApiKey: { records: ['api_key.revoked'], shownIn: 'test/e2e/api-keys.spec.ts' },

  // schools
  createSchool: {
    records: ['school.opened'],
    by: ({ admin }) => admin,
    call: (admin, { number }) => admin.post('/v1/schools', schoolInput(`skole-${number}`)),
  },
  getSchoolLogo: 'what the school shows to everybody',
  uploadSchoolLogo: {
    records: ['school.logo_changed'],
    call: (owner) => owner.put('/logo').attach('file', jpeg, 'logo.jpg'),
  },
  deleteSchoolLogo: {
    records: ['school.logo_deleted'],
    call: async (owner) => {
      await owner.put('/logo').attach('file', jpeg, 'logo.jpg').expect(200);
      return owner.delete('/logo');
    },
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
  previewScheduleChange: 'changes nothing',
  saveScheduleChange: {
    records: ['booking.kept', 'teacher.day_hours_set'],
    call: async (owner, stage) => {
      const { body: booking } = await owner.post('/bookings', stage.lessonBody()).expect(201);
      const dayHours = { teacherId: stage.teacherId, date: booking.startsAt.slice(0, 10), hours: [] };
      const bookingId = booking.id;
      return owner.post('/schedule-changes', { dayHours, decisions: [{ bookingId, decision: 'keep' }] });
    },
  },
  decideOrphanedBookings: {
    records: ['booking.cancelled'],
    call: async (owner, stage) => {
      const bookingId = await stage.lesson();
      return owner.post('/orphaned-bookings/decisions', { decisions: [{ bookingId, decision: 'cancel' }] });
    },
  },
  takeSickLeave: {
    records: ['teacher.time_off_added'],
    call: (owner, { till }) => owner.post(`/teachers/${till.nord.teacher.id}/sick-leave`, {}),
  },
  addTeacherCalendar: {
    records: ['teacher.calendar_added'],
    call: (owner, stage) => owner.post(`/teachers/${stage.teacherId}/calendars`, stage.calendar()),
  },
  refreshTeacherCalendar: 'only asks for what is read twice an hour anyway',
  removeTeacherCalendar: {
    records: ['teacher.calendar_removed'],
    call: async (owner, stage) => {
      const path = `/teachers/${stage.teacherId}/calendars`;
      const { body } = await owner.post(path, stage.calendar()).expect(201);
      return owner.delete(`${path}/${body.id}`);
    },
  },
  setDayHours: {
    records: ['teacher.day_hours_set'],
    call: (owner, stage) => owner.put(`/teachers/${stage.teacherId}/day-hours`, stage.dayOff()),
  },
  removeDayHours: {
    records: ['teacher.day_hours_removed'],
    call: async (owner, stage) => {
      const { body } = await owner.put(`/teachers/${stage.teacherId}/day-hours`, stage.dayOff()).expect(200);
      return owner.delete(`/teachers/${stage.teacherId}/day-hours/${body.dayHours.id}`);
    },
  },
  addClosingDays: {
    records: ['school.closing_days_added'],
    call: (owner) => owner.post('/closing-days', { days: [{ date: '2199-12-24', name: 'Juleaften' }] }),
  },
  removeClosingDay: {
    records: ['school.closing_day_removed'],
    call: async (owner) => {
      const days = [{ date: '2199-12-25', name: 'Juledag' }];
      const { body } = await owner.post('/closing-days', { days }).expect(201);
      return owner.delete(`/closing-days/${body.closingDays[0].id}`);
    },
  },
  addVehicle: {
    records: ['vehicle.added'],
    call: (owner, { number }) => owner.post('/vehicles', vehicleInput(`AA ${10_000 + number}`)),
  },
  updateVehicle: {
    records: ['vehicle.updated'],
    call: (owner, { till }) => owner.patch(`/vehicles/${till.nord.vehicleId}`, { name: 'Polo' }),
  },
  addLocation: {
    records: ['location.added'],
    call: (owner, { number }) => owner.post('/locations', { name: `Sted ${number}`, kind: 'meeting_point' }),
  },
  updateLocation: { records: ['location.updated'], shownIn: 'test/e2e/locations.spec.ts' },
  setTravelTimes: { records: ['location.travel_times_set'], shownIn: 'test/e2e/locations.spec.ts' },
  addFacility: {
    records: ['facility.added'],
    call: (owner, { number }) => owner.post('/facilities', { name: `Bane ${number}`, kind: 'track', places: 4 }),
  },
  updateFacility: { records: ['facility.updated'], shownIn: 'test/e2e/locations.spec.ts' },
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

  // education
  updateTheorySettings: {
    records: ['theory_settings.updated'],
    call: (owner) => owner.put('/theory-settings', theory),
  },
  linkTheory: {
    records: ['student.theory_link_requested'],
    call: async (owner, { studentId }) => {
      await owner.put('/theory-settings', theory).expect(200);
      await owner.delete(`/students/${studentId}/theory-link`).expect(204);
      return owner.post(`/students/${studentId}/theory-link`);
    },
  },
  unlinkTheory: {
    records: ['student.theory_link_ended'],
    call: async (owner, { studentId }) => {
      await owner.put('/theory-settings', theory).expect(200);
      await owner.post(`/students/${studentId}/theory-link`).expect(202);
      return owner.delete(`/students/${studentId}/theory-link`);
    },
  },

  // finance
  updateFinanceSettings: {
    records: ['finance_settings.updated'],
    call: (owner) => owner.put('/finance-settings', { paymentTermsDays: 14, bankAccount: null }),
  },
  addProduct: {
    records: ['product.added'],
    call: (owner, { number }) => owner.post('/products', { code: `P${number}`, name: 'Lærebog' }),
  },
  updateProduct: {
    records: ['product.updated'],
    call: async (owner, stage) => owner.patch(`/products/${await stage.product()}`, { name: 'Teoribog' }),
  },
  setProductPrice: {
    records: ['product.price_set'],
    call: async (owner, stage) =>
      owner.post(`/products/${await stage.product()}/prices`, {
        validFrom: '2026-01-01',
        gross: krone(100),
        vatRateBp: 2500,
      }),
  },
  addDiscount: { records: ['discount.added'], call: (owner, stage) => owner.post('/discounts', stage.voucher()) },
  archiveDiscount: {
    records: ['discount.archived'],
    call: async (owner, stage) => {
      const { body } = await owner.post('/discounts', stage.voucher()).expect(201);
      return owner.post(`/discounts/${body.id}/archive`);
    },
  },
  redeemDiscount: {
    records: ['discount.redeemed'],
    call: async (owner, stage) => {
      const { body } = await owner.post('/discounts', stage.voucher()).expect(201);
      return owner.post(`/charges/${await stage.till.charge(stage.studentId)}/discount`, { code: body.code });
    },
  },
  removeDiscount: {
    records: ['discount.removed'],
    call: async (owner, stage) => {
      const { body } = await owner.post('/discounts', stage.voucher()).expect(201);
      const path = `/charges/${await stage.till.charge(stage.studentId)}/discount`;
      await owner.post(path, { code: body.code }).expect(200);
      return owner.delete(path);
    },
  },
  definePackage: {
    records: ['package.defined'],
    call: async (owner, stage) => owner.post('/packages', await stage.packageBody()),
  },
  revisePackage: {
    records: ['package.defined'],
    call: async (owner, stage) => owner.post(`/packages/${await stage.package()}/versions`, await stage.packageBody()),
  },
  archivePackage: {
    records: ['package.archived'],
    call: async (owner, stage) => owner.post(`/packages/${await stage.package()}/archive`),
  },
  sellPackage: {
    records: ['charge.recorded', 'sold_package.sold'],
    call: async (owner, stage) =>
      owner.post(`/students/${stage.studentId}/packages`, { packageId: await stage.package() }),
  },
  handOverPackagePart: {
    records: ['sold_package.part_handed_over'],
    call: async (owner, stage) => {
      const { id, parts } = await stage.soldPackage();
      return owner.post(`/sold-packages/${id}/hand-over`, { productId: parts[0]!.productId });
    },
  },
  transferPackage: {
    records: ['sold_package.transferred'],
    call: async (owner, stage) => {
      const { id: studentId } = await stage.till.newStudent();
      return owner.post(`/sold-packages/${(await stage.soldPackage()).id}/transfer`, { studentId });
    },
  },
  withdrawPackage: {
    records: ['charge.voided', 'sold_package.withdrawn'],
    call: async (owner, stage) => owner.post(`/sold-packages/${(await stage.soldPackage()).id}/withdrawal`, {}),
  },
  previewInstalmentPlan: 'says what a plan would be, and changes nothing',
  startInstalmentPlan: {
    records: ['instalment_plan.started'],
    call: async (owner, stage) =>
      owner.post(`/students/${stage.studentId}/instalment-plans`, await stage.instalmentsBody()),
  },
  moveInstalment: {
    records: ['instalment.moved'],
    call: async (owner, stage) => {
      const { id, instalments } = await stage.instalmentPlan();
      return owner.post(`/instalment-plans/${id}/instalments/${instalments[1]!.id}/move`, { dueOn: '2028-05-01' });
    },
  },
  endInstalmentPlan: {
    records: ['instalment_plan.ended'],
    call: async (owner, stage) => owner.post(`/instalment-plans/${(await stage.instalmentPlan()).id}/end`, {}),
  },
  agreePrice: {
    records: ['agreed_price.agreed'],
    call: async (owner, stage) => owner.post(`/students/${stage.studentId}/agreed-prices`, await stage.agreedPrice()),
  },
  removeAgreedPrice: {
    records: ['agreed_price.removed'],
    call: async (owner, stage) => {
      const path = `/students/${stage.studentId}/agreed-prices`;
      const { body } = await owner.post(path, await stage.agreedPrice()).expect(201);
      return owner.delete(`/agreed-prices/${body.id}`);
    },
  },
  closeBooks: {
    records: ['books.closed'],
    call: (owner, stage) => owner.post('/ledger/closings', { through: stage.pastDay() }),
  },
  reopenBooks: {
    records: ['books.reopened'],
    call: async (owner, stage) => {
      const { body } = await owner.post('/ledger/closings', { through: stage.pastDay() }).expect(201);
      return owner.post(`/ledger/closings/${body.id}/reopen`, { reason: 'Bilag manglede' });
    },
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
  setBillingDetails: {
    records: ['student.billing_details_changed'],
    call: (owner, { studentId }) =>
      owner.put(`/students/${studentId}/billing-details`, {
        payerName: 'Nordhavn Transport ApS',
        addressLine: null,
        postcode: null,
        city: null,
        cvr: null,
        ean: null,
        reference: 'Elev 7',
      }),
  },
  createInvoiceDraft: {
    records: ['invoice_draft.created'],
    call: (owner, { studentId }) => owner.post('/invoice-drafts', { studentId }),
  },
  updateInvoiceDraft: {
    records: ['invoice_draft.updated'],
    call: async (owner, stage) => owner.put(`/invoice-drafts/${await draftOf(owner, stage)}`, { reference: 'Elev 7' }),
  },
  deleteInvoiceDraft: {
    records: ['invoice_draft.deleted'],
    call: async (owner, stage) => owner.delete(`/invoice-drafts/${await draftOf(owner, stage)}`),
  },
  issueInvoiceDraft: {
    records: ['invoice.issued', 'invoice_draft.issued'],
    call: async (owner, stage) => owner.post(`/invoice-drafts/${await draftOf(owner, stage)}/issue`),
  },
  resendInvoice: {
    records: ['invoice.resent'],
    call: async (owner, { till }) => owner.post(`/invoices/${(await till.invoiced()).invoiceId}/mailings`),
  },
  chooseMyMessageTopics: {
    records: ['message_preference.chosen'],
    call: (owner) => owner.put('/me/message-preferences', { topics: [] }),
  },
  chooseMessageTopics: {
    records: ['message_preference.chosen'],
    shownIn: 'test/notifications/message-choices.spec.ts',
  },
  decideMyConsent: {
    records: ['consent.withdrawn'],
    call: (owner) => owner.post('/me/consents', { channel: 'sms', decision: 'withdrawn', source: 'app' }),
  },
  recordConsent: {
    records: ['consent.given'],
    call: (owner, { studentId }) =>
      owner.post(`/students/${studentId}/consents`, {
        channel: 'email',
        decision: 'given',
        source: 'paper',
        wording: '2026-11',
      }),
  },
  draftAnnouncement: {
    records: ['announcement.drafted'],
    call: async (owner) => owner.post('/announcements', announcement),
  },
  rewriteAnnouncement: {
    records: ['announcement.updated'],
    call: async (owner) => owner.put(`/announcements/${await draftedBy(owner)}`, announcement),
  },
  deleteAnnouncement: {
    records: ['announcement.deleted'],
    call: async (owner) => owner.delete(`/announcements/${await draftedBy(owner)}`),
  },
  confirmAnnouncement: {
    records: ['announcement.confirmed'],
    call: async (owner) => owner.post(`/announcements/${await draftedBy(owner)}/confirm`, { version: 1 }),
  },
  cancelAnnouncement: { records: ['announcement.cancelled'], shownIn: 'test/notifications/announcements.spec.ts' },
  retryMessage: { records: ['message.retried'], shownIn: 'test/notifications/message-retries.spec.ts' },
  setMessageText: { records: ['message_text.changed'], shownIn: 'test/notifications/message-texts.spec.ts' },
  resetMessageText: { records: ['message_text.reset'], shownIn: 'test/notifications/message-texts.spec.ts' },
  previewMessageText: 'shows an example; saves and sends nothing',
  downloadMessageUsage: 'sums of messages and costs, of nobody in particular',
  readInbox: 'whoever reads his own inbox changes nothing but its bell',
  readInboxItem: 'whoever reads his own inbox changes nothing but its bell',
  liftRecipientObstacle: { records: ['recipient.unblocked'], shownIn: 'test/notifications/delivery-reports.spec.ts' },
  openPayLink: {
    records: ['pay_link.handed_out'],
    call: async (owner, { till }) => owner.post(`/invoices/${(await till.invoiced()).invoiceId}/pay-link`, {}),
  },
  creditInvoice: {
    records: ['credit_note.issued'],
    call: async (owner, { till }) => owner.post(`/invoices/${(await till.invoiced()).invoiceId}/credit-notes`, {}),
  },
  writeOffInvoice: {
    records: ['write_off.made'],
    call: async (owner, { till }) =>
      owner.post(`/invoices/${(await till.invoiced()).invoiceId}/write-offs`, { reason: 'Flyttet' }),
  },
  reverseWriteOff: {
    records: ['write_off.reversed'],
    call: async (owner, { till }) => {
      const { invoiceId } = await till.invoiced();
      const { body } = await owner.post(`/invoices/${invoiceId}/write-offs`, { reason: 'Flyttet' }).expect(201);
      return owner.post(`/write-offs/${body.id}/reverse`, { reason: 'Betalt' });
    },
  },
  createCheckout: {
    records: ['payment.begun'],
    call: async (owner, { till }) => owner.post(`/invoices/${(await till.invoiced()).invoiceId}/checkout`),
  },
  createPaymentIntent: {
    records: ['payment.begun'],
    call: async (owner, { till }) => owner.post(`/invoices/${(await till.invoiced()).invoiceId}/payment-intents`),
  },
  saveMethod: { records: ['payment_method.consented'], shownIn: 'test/e2e/saved-methods.spec.ts' },
  removeMethod: { records: ['payment_method.removed'], shownIn: 'test/e2e/saved-methods.spec.ts' },
  chargeInvoice: { records: ['payment.begun'], shownIn: 'test/e2e/saved-methods.spec.ts' },
  capturePayment: { records: ['payment.capture_requested'], shownIn: 'test/e2e/saved-methods.spec.ts' },
  cancelPayment: {
    records: ['payment.cancel_requested'],
    call: async (owner, { till }) => {
      const { student, invoiceId } = await till.invoiced();
      return owner.post(`/payments/${(await till.checkout(student, invoiceId)).paymentId}/cancel`);
    },
  },
  checkGatewayDifference: { records: ['gateway_difference.checked'], shownIn: 'test/e2e/reconciliation.spec.ts' },
  postGatewayDifference: { records: ['gateway_difference.posted'], shownIn: 'test/e2e/reconciliation.spec.ts' },
  adoptGatewayRefund: {
    records: ['gateway_difference.adopted', 'refund.succeeded'],
    shownIn: 'test/e2e/reconciliation.spec.ts',
  },
  dismissGatewayDifference: { records: ['gateway_difference.dismissed'], shownIn: 'test/e2e/reconciliation.spec.ts' },
  choosePaymentGateway: { records: ['payment_gateway.chosen'], shownIn: 'test/e2e/payment-gateways.spec.ts' },
  refundPayment: {
    records: ['refund.requested'],
    call: async (owner, stage) => owner.post(`/payments/${await stage.paymentToRefund()}/refunds`, { reason: 'Fejl' }),
  },
  recordPayment: {
    records: ['payment.recorded'],
    call: (owner, stage) => owner.post('/payments', stage.cashOf(stage.studentId)),
  },
  reversePayment: {
    records: ['payment.reversed'],
    call: async (owner, stage) =>
      owner.post(`/payments/${(await stage.cash()).paymentId}/reversal`, { reason: 'Fejl' }),
  },
  payOutRefund: {
    records: ['refund.paid_out'],
    call: async (owner, stage) =>
      owner.post(`/payments/${(await stage.cash()).paymentId}/payouts`, { method: 'cash', reason: 'Fejl' }),
  },
  useCredit: {
    records: ['payment.credit_used'],
    call: async (owner, stage) => {
      const { studentId } = await stage.cash();
      await stage.till.charge(studentId);
      await owner.post('/invoices', { studentId }).expect(201);
      return owner.post(`/students/${studentId}/credit-uses`, {});
    },
  },
  refundCredit: {
    records: ['refund.paid_out'],
    call: async (owner, stage) =>
      owner.post(`/students/${(await stage.cash()).studentId}/credit-refunds`, { method: 'cash', reason: 'Fejl' }),
  },
  updateDunningSettings: {
    records: ['dunning_settings.updated'],
    call: async (owner) => owner.put('/dunning-settings', (await owner.get('/dunning-settings')).body),
  },
  pauseDunning: {
    records: ['dunning_pause.begun'],
    call: (owner, { studentId }) => owner.post('/dunning-pauses', { studentId, reason: 'Aftale' }),
  },
  endDunningPause: {
    records: ['dunning_pause.ended'],
    call: async (owner, { studentId }) => {
      const { body } = await owner.post('/dunning-pauses', { studentId, reason: 'Aftale' }).expect(201);
      return owner.post(`/dunning-pauses/${body.id}/end`);
    },
  },
  uploadBankStatement: {
    records: ['bank_statement.uploaded'],
    call: (_owner, stage) => stage.uploadBankFile(),
  },
  matchBankLine: {
    records: ['bank_line.matched', 'payment.recorded'],
    call: async (owner, stage) => {
      const { invoiceId } = await stage.till.invoiced();
      return owner.post(`/bank-lines/${await stage.bankLine()}/match`, { invoiceId });
    },
  },
  ignoreBankLine: {
    records: ['bank_line.ignored'],
    call: async (owner, stage) => owner.post(`/bank-lines/${await stage.bankLine()}/ignore`, { reason: 'Gave' }),
  },
  addTill: { records: ['cash_till.added'], call: (owner) => owner.post('/cash-tills', { name: 'Kassen' }) },
  openTill: {
    records: ['cash_session.opened'],
    call: async (owner, stage) => owner.post(`/cash-tills/${await stage.cashTill()}/sessions`, { float: krone(0) }),
  },
  bankCash: {
    records: ['cash_session.banked'],
    call: async (owner, stage) =>
      owner.post(`/cash-sessions/${await stage.openTill()}/bankings`, { amount: krone(100) }),
  },
  closeTill: {
    records: ['cash_session.closed'],
    call: async (owner, stage) => owner.post(`/cash-sessions/${await stage.openTill()}/close`, { counted: krone(90) }),
  },
  receiveWebhook:
    'keeps what a provider says; what follows from it is written down where it happens, as the provider’s',
  downloadJournal: {
    records: ['journal.downloaded'],
    call: (owner, { till }) => owner.get(`/accounting/journal.csv?date=${till.today()}`),
  },
  downloadGatewayPayouts: ofTheBooks,
  downloadLedgerEntries: ofTheBooks,
  downloadTrialBalance: ofTheBooks,
  downloadVatReport: ofTheBooks,
  downloadRevenueReport: ofTheBooks,
  drawRevenueReport: ofTheBooks,
  downloadArrears: ofTheBooks,
  drawArrears: ofTheBooks,
  downloadDeferredRevenue: ofTheBooks,
  drawDeferredRevenue: ofTheBooks,
  getInvoicePdf: 'one invoice, to whoever may read it anyway',
  printStatement: 'one student’s account, to whoever may read it anyway',
  downloadStatement: 'one student’s account, to whoever may read it anyway',
  printWeek: 'a week of the diary, to whoever may read it anyway',
  drawWeek: 'a teacher’s week, to whoever may read it anyway',

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
  confirmHold: {
    records: ['booking.confirmed', 'charge.recorded'],
    call: async (owner, stage) => owner.post(`/bookings/${await stage.heldTime()}/confirm`),
  },
  releaseHold: {
    records: ['booking.hold_released'],
    call: async (owner, stage) => owner.post(`/bookings/${await stage.heldTime()}/release`, {}),
  },
  payForHold: { records: ['payment.begun'], shownIn: 'test/e2e/holds.spec.ts' },
  updateBookingSettings: {
    records: ['booking_settings.updated'],
    call: async (owner) => owner.put('/booking-settings', (await owner.get('/booking-settings')).body),
  },
  updateLessonTypeBookingRules: {
    records: ['lesson_type.booking_rules_changed'],
    call: async (owner, { till }) => {
      const path = `/lesson-types/${till.nord.lessonTypeId}/booking-rules`;
      return owner.put(path, (await owner.get(path)).body);
    },
  },
  updateStudentBookingRules: {
    records: ['student.booking_rules_changed'],
    call: async (owner, { studentId }) => {
      const path = `/students/${studentId}/booking-rules`;
      return owner.put(path, (await owner.get(path)).body);
    },
  },
  cancelBooking: {
    records: ['booking.cancelled', 'charge.voided'],
    by: ({ till }) => till.nord.student.caller,
    call: async (student, stage) => student.post(`/bookings/${await stage.lesson()}/cancel`, {}),
  },
  previewSeries: 'reads what is free, and changes nothing',
  bookSeries: {
    records: ['booking.booked', 'booking_series.booked', 'charge.recorded'],
    call: (owner, stage) => owner.post('/booking-series', stage.seriesBody()),
  },
  previewSeriesMove: 'reads what is free, and changes nothing',
  moveSeries: {
    records: ['booking.moved'],
    call: async (owner, stage) => owner.post(`/booking-series/${await stage.series()}/move`, { time: '15:00' }),
  },
  cancelSeries: {
    records: ['booking.cancelled', 'charge.voided'],
    call: async (owner, stage) => owner.post(`/booking-series/${await stage.series()}/cancel`, {}),
  },
  previewLessons: 'reads what is free, and changes nothing',
  bookLessons: {
    records: ['booking.booked', 'charge.recorded'],
    call: (owner, stage) => {
      const { startsAt, ...lesson } = stage.lessonBody();
      return owner.post('/bulk-bookings', { ...lesson, times: [{ startsAt }] });
    },
  },
  previewMoves: 'reads what is free, and changes nothing',
  moveLessons: {
    records: ['booking.moved'],
    call: async (owner, stage) =>
      owner.post('/bulk-moves', { moves: [{ bookingId: await stage.lesson(), startsAt: stage.noon() }] }),
  },
  previewCancellations: 'reads what cancelling costs, and changes nothing',
  cancelLessons: {
    records: ['booking.cancelled', 'charge.voided'],
    call: async (owner, stage) => owner.post('/bulk-cancellations', { bookingIds: [await stage.lesson()] }),
  },
  planExam: {
    records: ['exam.planned'],
    call: async (owner, stage) => owner.post('/exams', await stage.examBody()),
  },
  updateExam: {
    records: ['exam.updated'],
    call: async (owner, stage) => owner.patch(`/exams/${await stage.exam()}`, { feeStatus: 'paid' }),
  },
  moveExam: {
    records: ['exam.moved'],
    call: async (owner, stage) => owner.post(`/exams/${await stage.exam()}/move`, { startsAt: stage.noon() }),
  },
  cancelExam: {
    records: ['exam.cancelled'],
    call: async (owner, stage) => owner.post(`/exams/${await stage.exam()}/cancel`, {}),
  },
  reportExam: {
    records: ['exam.reported'],
    call: async (owner, stage) => {
      const startsAt = stage.till.test.clock.now().toISOString();
      const { body } = await owner.post('/exams', { ...(await stage.examBody()), startsAt }).expect(201);
      return owner.post(`/exams/${body.id}/result`, { result: 'passed' });
    },
  },
  updateExamSettings: {
    records: ['exam_settings.updated'],
    call: async (owner) =>
      owner.put('/exam-settings', {
        deadlineWorkingDays: 5,
        deadlineTime: '12:00',
        theoryRetryDays: 0,
        practicalRetryDays: 7,
        fees: [],
      }),
  },
  waiveBookingFee: {
    records: ['booking.fee_waived', 'charge.voided'],
    call: async (owner, stage) => {
      const missed = await stage.lessonThatBegan();
      await owner.post(`/bookings/${missed}/no-show`);
      return owner.post(`/bookings/${missed}/fee-waiver`, { reason: 'Syg' });
    },
  },
  completeBooking: {
    records: ['booking.completed'],
    call: async (owner, stage) => owner.post(`/bookings/${await stage.lessonThatBegan()}/complete`),
  },
  markNoShow: {
    records: ['booking.no_show'],
    call: async (owner, stage) => owner.post(`/bookings/${await stage.lessonThatBegan()}/no-show`),
  },

  // theory classes
  addCoursePlan: {
    records: ['course_plan.added'],
    call: (owner, stage) => owner.post('/course-plans', stage.coursePlan()),
  },
  updateCoursePlan: {
    records: ['course_plan.updated'],
    call: async (owner, stage) => owner.patch(`/course-plans/${(await stage.courseWish()).planId}`, { capacity: 9 }),
  },
  planCourse: {
    records: ['course.planned'],
    call: async (owner, stage) => owner.post('/courses', await stage.courseWish()),
  },
  previewCourse: 'changes nothing',
  updateCourse: {
    records: ['course.updated'],
    call: async (owner, stage) => owner.patch(`/courses/${(await stage.course()).id}`, { capacity: 9 }),
  },
  openCourse: {
    records: ['course.opened'],
    call: async (owner, stage) => {
      const { body } = await owner.post('/courses', await stage.courseWish());
      return owner.post(`/courses/${body.id}/open`);
    },
  },
  closeCourse: {
    records: ['course.closed'],
    call: async (owner, stage) => owner.post(`/courses/${(await stage.course()).id}/close`),
  },
  completeCourse: {
    records: ['course.completed'],
    call: async (owner, stage) => {
      const { id, classIds } = await stage.course();
      for (const classId of classIds) await owner.post(`/classes/${classId}/cancel`, {});
      return owner.post(`/courses/${id}/complete`);
    },
  },
  cancelCourse: {
    records: ['charge.voided', 'course.cancelled'],
    call: async (owner, stage) => {
      const { id } = await stage.course();
      await stage.enrolment(id);
      return owner.post(`/courses/${id}/cancel`, {});
    },
  },
  enrolInCourse: {
    records: ['charge.recorded', 'course.student_enrolled'],
    call: async (owner, stage) => {
      const studentId = await stage.newStudent();
      return owner.post(`/courses/${(await stage.course()).id}/enrolments`, { studentId });
    },
  },
  withdrawFromCourse: {
    records: ['charge.voided', 'course.student_withdrawn'],
    call: async (owner, stage) => {
      const enrolmentId = await stage.enrolment((await stage.course()).id);
      return owner.post(`/course-enrolments/${enrolmentId}/withdraw`, {});
    },
  },
  moveEnrolment: {
    records: ['course.student_enrolled', 'course.student_moved'],
    call: async (owner, stage) => {
      const enrolmentId = await stage.enrolment((await stage.course()).id);
      const courseId = (await stage.course()).id;
      return owner.post(`/course-enrolments/${enrolmentId}/move`, { courseId });
    },
  },
  joinCourseWaitingList: {
    records: ['course.waiting_list_joined'],
    call: async (owner, stage) => {
      const { id: courseId } = await stage.course();
      await stage.enrolment(courseId);
      return owner.post('/course-waiting-list', { courseId, studentId: await stage.newStudent() });
    },
  },
  acceptCourseSeat: {
    records: ['charge.recorded', 'course.student_enrolled'],
    call: async (owner, stage) => {
      const { id, enrolmentId } = await stage.waiter();
      await owner.post(`/course-enrolments/${enrolmentId}/withdraw`, {});
      return owner.post(`/course-waiting-list/${id}/accept`, {});
    },
  },
  leaveCourseWaitingList: {
    records: ['course.waiting_list_left'],
    call: async (owner, stage) => owner.post(`/course-waiting-list/${(await stage.waiter()).id}/leave`),
  },
  moveClass: {
    records: ['class.moved'],
    call: async (owner, stage) => {
      const { classIds } = await stage.course();
      return owner.post(`/classes/${classIds[0]}/move`, { startsAt: stage.noon() });
    },
  },
  cancelClass: {
    records: ['class.cancelled'],
    call: async (owner, stage) => owner.post(`/classes/${(await stage.course()).classIds[0]}/cancel`, {}),
  },
  reportAttendances: {
    records: ['class.attendance_reported'],
    call: async (owner, stage) => {
      const { id, classIds } = await stage.course();
      await stage.enrolment(id);
      const attendances = [{ attendanceId: await stage.attendance(classIds[0]!), state: 'excused' }];
      return owner.put(`/classes/${classIds[0]}/attendances`, { attendances });
    },
  },
  sitInOnClass: {
    records: ['class.guest_added'],
    call: async (owner, stage) => {
      const { attendanceId, classId } = await stage.missedClass();
      return owner.post(`/class-attendances/${attendanceId}/catch-ups`, { classId });
    },
  },
  leaveClass: {
    records: ['class.guest_removed'],
    call: async (owner, stage) => {
      const { attendanceId, classId } = await stage.missedClass();
      const { body } = await owner.post(`/class-attendances/${attendanceId}/catch-ups`, { classId });
      return owner.delete(`/class-attendances/${body.id}`);
    },
  },

  // calendar feeds
  openCalendarFeed: {
    records: ['calendar_feed.opened'],
    call: (owner) => owner.post('/calendar-feeds', { kind: 'school' }),
  },
  rotateCalendarFeed: {
    records: ['calendar_feed.rotated'],
    call: async (owner, stage) => owner.post(`/calendar-feeds/${await stage.calendarFeed()}/rotate`, {}),
  },
  readCalendar: 'the address it needs was written down when it was given; when it was last read, the feed says',
  closeCalendarFeed: {
    records: ['calendar_feed.closed'],
    call: async (owner, stage) => owner.delete(`/calendar-feeds/${await stage.calendarFeed()}`),
  },

  // webhook endpoints
  createWebhookEndpoint: {
    records: ['webhook_endpoint.created'],
    call: (owner) =>
      owner.post('/webhook-endpoints', { url: 'https://receiver.example/', eventTypes: ['student.left'] }),
  },
  updateWebhookEndpoint: {
    records: ['webhook_endpoint.updated'],
    call: async (owner, stage) =>
      owner.patch(`/webhook-endpoints/${await stage.webhookEndpoint()}`, { description: 'Regnskab' }),
  },
  deleteWebhookEndpoint: {
    records: ['webhook_endpoint.deleted'],
    call: async (owner, stage) => owner.delete(`/webhook-endpoints/${await stage.webhookEndpoint()}`),
  },
  rotateWebhookSecret: {
    records: ['webhook_endpoint.secret_rotated'],
    call: async (owner, stage) => owner.post(`/webhook-endpoints/${await stage.webhookEndpoint()}/rotate`),
  },
  pauseWebhookEndpoint: {
    records: ['webhook_endpoint.paused'],
    call: async (owner, stage) => owner.post(`/webhook-endpoints/${await stage.webhookEndpoint()}/pause`),
  },
  resumeWebhookEndpoint: {
    records: ['webhook_endpoint.resumed'],
    call: async (owner, stage) => {
      const path = `/webhook-endpoints/${await stage.webhookEndpoint()}`;
      await owner.post(`${path}/pause`);
      return owner.post(`${path}/resume`);
    },
  },
  testWebhookEndpoint: 'a message of nothing, to an address whose coming into being was written down',
  replayFailedWebhooks: {
    records: ['webhook_endpoint.replayed'],
    call: async (owner, stage) =>
      owner.post(`/webhook-endpoints/${await stage.webhookEndpoint()}/replay`, { since: '2026-01-01T00:00:00Z' }),
  },
  replayWebhookDelivery: {
    records: ['webhook_endpoint.replayed'],
    call: async (owner, stage) => owner.post(`/webhook-deliveries/${await stage.webhookDelivery()}/replay`),
  },

  createPartnerWebhookEndpoint: {
    records: ['webhook_endpoint.created'],
    shownIn: 'test/e2e/outgoing-webhooks.spec.ts',
  },
  updatePartnerWebhookEndpoint: {
    records: ['webhook_endpoint.updated'],
    shownIn: 'test/e2e/outgoing-webhooks.spec.ts',
  },
  deletePartnerWebhookEndpoint: {
    records: ['webhook_endpoint.deleted'],
    shownIn: 'test/e2e/outgoing-webhooks.spec.ts',
  },
  rotatePartnerWebhookSecret: {
    records: ['webhook_endpoint.secret_rotated'],
    shownIn: 'test/e2e/outgoing-webhooks.spec.ts',
  },
  pausePartnerWebhookEndpoint: { records: ['webhook_endpoint.paused'], shownIn: 'test/e2e/outgoing-webhooks.spec.ts' },
  resumePartnerWebhookEndpoint: {
    records: ['webhook_endpoint.resumed'],
    shownIn: 'test/e2e/outgoing-webhooks.spec.ts',
  },
  testPartnerWebhookEndpoint: 'a message of nothing, to an address whose coming into being was written down',
  replayPartnerWebhooks: { records: ['webhook_endpoint.replayed'], shownIn: 'test/e2e/outgoing-webhooks.spec.ts' },
  replayPartnerWebhookDelivery: {
    records: ['webhook_endpoint.replayed'],
    shownIn: 'test/e2e/outgoing-webhooks.spec.ts',
  },

  joinWaitingList: {
    records: ['waiting_list.joined'],
    call: (owner, { studentId, till }) =>
      owner.post('/waiting-list', { studentId, lessonTypeId: till.nord.lessonTypeId }),
  },
  leaveWaitingList: {
    records: ['waiting_list.left'],
    call: async (owner, { studentId, till }) => {
      const { body } = await owner.post('/waiting-list', { studentId, lessonTypeId: till.nord.lessonTypeId });
      return owner.post(`/waiting-list/${body.id}/withdraw`);
    },
  },
  setWaitingListSettings: {
    records: ['waiting_list.configured'],
    call: (owner) => owner.put('/waiting-list-settings', { automatic: true, offersAtOnce: 3 }),
  },
  acceptOffer: {
    records: ['booking.booked', 'charge.recorded', 'offer.accepted'],
    call: async (owner, stage) => {
      const { id, startsAt } = await stage.offer();
      return owner.post(`/offers/${id}/accept`, { startsAt });
    },
  },
  declineOffer: {
    records: ['offer.declined'],
    call: async (owner, stage) => owner.post(`/offers/${(await stage.offer()).id}/decline`),
  },
  cancelDay: {
    records: ['day.cancelled'],
    call: (owner, stage) => owner.post(`/diary-days/${stage.noon().slice(0, 10)}/cancellation`, { reason: 'weather' }),
  },

  // billing
  updateBillingSettings: shownInSubscriptions('billing.configured'),
  defineBillingPlan: shownInSubscriptions('billing_plan.defined'),
  archiveBillingPlan: shownInSubscriptions('billing_plan.archived'),
  changeSubscription: shownInSubscriptions('subscription.plan_chosen', 'subscription.step_asked'),
  openSubscriptionCheckout: shownInSubscriptions('subscription.step_asked'),
  cancelSubscription: shownInSubscriptions('subscription.step_asked'),
  resumeSubscription: shownInSubscriptions('subscription.step_asked'),
  openSubscriptionPortal:
    'hands out an address of the provider’s; what is done there comes back as a change of the subscription',
  setSubscriptionTrial: shownInSubscriptions('subscription.trial_set'),
  exemptSchool: shownInSubscriptions('subscription.exempted'),
  endSchoolExemption: shownInSubscriptions('subscription.exemption_ended'),

  // accounting
  connectBooks: shownInAccounting('accounting_connection.made'),
  beginBooksConsent:
    'gives out the address of the provider’s page; what comes of it is written down when the person comes back',
  chooseBooksCompany: shownInAccounting('accounting_connection.made'),
  testBooksConnection: 'asks the books who they are, and changes nothing',
  disconnectBooks: shownInAccounting('accounting_connection.ended'),
  updateBooksSettings: shownInAccounting('accounting_sync.configured'),
  updateBooksMappings: shownInAccounting('accounting_mapping.set'),
  syncBooksNow: shownInAccounting('accounting_sync.asked'),
  retryAccountingRecord: shownInAccounting('accounting_record.retried'),
  retryAccountingRecords: shownInAccounting('accounting_record.all_retried'),
  downloadAccountingFile: shownInAccounting('accounting_file.downloaded'),

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
