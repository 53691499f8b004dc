import { teacherInput, vehicleInput } from '../../../src/modules/schools/testing/school-inputs.js';
import type { Id } from '../../../src/platform/values/id.js';
import { bin, globalQuery, type Tables } from '../../../src/platform/database/query.js';
import type { GatewayDifferenceSchema } from '../../../src/modules/finance/reconciliation/domain/gateway-books.js';
import type { AccountingConnectionSchema } from '../../../src/modules/accounting/domain/connection.js';
import type { AccountingRecordSchema } from '../../../src/modules/accounting/domain/record.js';
import type { AccountingFileSchema } from '../../../src/modules/accounting/domain/small-tables.js';
import { StoredFiles } from '../../../src/platform/files/stored-files.js';
import { inTransaction } from '../../../src/platform/database/transaction.js';
import { Readable } from 'node:stream';
import { newId } from '../../../src/platform/values/id.js';
import type { TestApp } from '../../support/app.js';
import { jpeg } from '../../support/images.js';
import { billSchools } from '../../support/billing.js';
import { type Caller, openTestSchool, type TestSchool } from '../../support/test-school.js';
import { until } from '../../support/until.js';

const day = 86_400_000;

/** A file that is taken for what it is. */
export const paper = Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n');

/** Rows by the names that paths, queries and bodies have for them. */
export type Rows = Readonly<Record<string, Id>>;

/** A school in which there is something of everything, for two students who know nothing of each other. */
export interface FurnishedSchool {
  readonly school: TestSchool;
  readonly office: Caller;
  readonly teacher: Caller;
  readonly student: Caller;
  /** Of that student. */
  readonly guardian: Caller;
  /** The school's own, and the student's. */
  readonly rows: Rows;
  /** The school's own, and the other student's. */
  readonly others: Rows;
}

/** @param helper of the platform, who looks into the school */
export async function furnish(test: TestApp, slug: string, helper: Caller): Promise<FurnishedSchool> {
  const school = await openTestSchool(test, slug);
  await billSchools(test, helper);
  const { owner } = school;
  const workingHours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, starts: '00:00', ends: '24:00' }));
  const teacher = await school.addTeacher(`diary@${slug}.example`, { workingHours, licenceClasses: ['A', 'B'] });
  const shared = await sharedRows(test, school, teacher.id, helper);
  const birthDate = `${new Date().getUTCFullYear() - 15}-06-01`;
  const [one, other] = [
    await school.enrol(`one@${slug}.example`, { birthDate }),
    await school.enrol(`other@${slug}.example`, { birthDate }),
  ];
  const own = await studentsOwn(test, school, shared, one, 1);
  const others = await studentsOwn(test, school, shared, other, 2);
  await until(async () => {
    const { body } = await owner.get(`/student-imports/${shared['importId']}`).expect(200);
    return body.state === 'ready';
  });
  const email = `guardian@${slug}.example`;
  await owner.post(`/students/${one.id}/guardians`, { name: 'Karen Lund', email }).expect(201);
  const guardian = await school.join(email, 'guardian');
  await guardian.post('/calendar-feeds', { kind: 'student' }).expect(201);
  return {
    school,
    office: await school.join(`office@${slug}.example`, 'office'),
    teacher: teacher.caller,
    student: one.caller,
    guardian,
    rows: { ...shared, ...own },
    others: { ...shared, ...others },
  };
}

async function sharedRows(test: TestApp, school: TestSchool, teacherId: Id, helper: Caller): Promise<Rows> {
  await school.owner.put('/logo').attach('file', jpeg, 'logo.jpg').expect(200);
  const { owner, vehicleId, lessonTypeId } = school;
  const { body: location } = await owner.post('/locations', { name: 'Nordhavn', kind: 'branch' }).expect(201);
  const track = { name: 'Banen', kind: 'track', locationId: location.id, places: 2 };
  const towed = { kind: 'trailer', name: 'Trailer', plate: 'TA 1234', licenceClass: 'BE' };
  const { body: trailer } = await owner.post('/vehicles', towed).expect(201);
  const { body: facility } = await owner.post('/facilities', track).expect(201);
  const courses = await courseRows(school, teacherId);
  const sold = { code: 'KOR-B', name: 'Kørelektion B' };
  const { body: product } = await owner.post('/products', sold).expect(201);
  const listPrice = { validFrom: '2026-01-01', gross: { amount: 65_000, currency: 'DKK' }, vatRateBp: 2500 };
  await owner.post(`/products/${product.id}/prices`, listPrice).expect(201);
  const { body: till } = await owner.post('/cash-tills', { name: 'Kontoret' }).expect(201);
  const float = { amount: 50_000, currency: 'DKK' };
  const { body: cashSession } = await owner.post(`/cash-tills/${till.id}/sessions`, { float }).expect(201);
  const voucher = { code: 'SOMMER10', kind: 'percentage', percentBp: 1000, validFrom: '2026-01-01' };
  const { body: discount } = await owner.post('/discounts', voucher).expect(201);
  const bundle = { name: 'Pakke', price: { amount: 90_000, currency: 'DKK' }, validMonths: 12 };
  const parts = [{ productId: product.id, quantity: 2 }];
  const { body: definedPackage } = await owner.post('/packages', { ...bundle, parts }).expect(201);
  const timeOff = { startsAt: noon(60), endsAt: noon(61) };
  const { body: off } = await owner.post(`/teachers/${teacherId}/time-off`, timeOff).expect(201);
  const { body: dayHours } = await owner
    .put(`/teachers/${teacherId}/day-hours`, { date: noon(62).slice(0, 10), hours: [] })
    .expect(200);
  const ownCalendar = { name: 'Privat', url: 'https://calendar.example/secret.ics' };
  const { body: calendar } = await owner.post(`/teachers/${teacherId}/calendars`, ownCalendar).expect(201);
  const closing = { days: [{ date: noon(63).slice(0, 10), name: 'Lukket' }] };
  const { body: closed } = await owner.post('/closing-days', closing).expect(201);
  const { body: key } = await owner.post('/api-keys', { name: 'Spare', scopes: ['vehicle.read'] }).expect(201);
  const hooks = { url: `${test.sandbox.url}/receiver/${school.id}`, eventTypes: ['student.left'] };
  const { body: endpoint } = await owner.post('/webhook-endpoints', hooks).expect(201);
  const { body: delivery } = await owner.post(`/webhook-endpoints/${endpoint.id}/test`).expect(201);
  const { userId } = await school.join(`spare@${school.id}.example`, 'office');
  const why = { reason: 'A booking is missing', minutes: 60 };
  const { body: support } = await helper.post(`/v1/schools/${school.id}/support-access`, why).expect(201);
  const { body: closedBooks } = await owner.post('/ledger/closings', { through: '2020-12-31' }).expect(201);
  const bankFile = 'Dato;Tekst;Beløb\r\n02-01-2026;Gave;7,77';
  const bankUpload = owner
    .post('/bank-statements')
    .type('text/csv')
    .send(bankFile as never);
  const { body: statement } = await bankUpload.expect(201);
  const { body: bankLines } = await owner.get(`/bank-lines?statementId=${statement.id}`).expect(200);
  const csv = 'Navn;E-mail;Kategori\r\nEva Bro;eva@import.example;B\r\nIb Å;ib@import.example;B';
  const asked = { source: 'phone', name: 'Bo', phone: '+4520999999', locationId: location.id };
  const { body: lead } = await owner.post('/leads', asked).expect(201);
  const words = { subject: 'Lukket', text: 'Vi holder lukket.' };
  const announcement = { purpose: 'service', channels: ['email'], da: words };
  const { body: drafted } = await owner.post('/announcements', announcement).expect(201);
  const upload = owner
    .post('/student-imports')
    .type('text/csv')
    .send(csv as never);
  const { body: list } = await upload.expect(201);
  return {
    teacherId,
    vehicleId,
    lessonTypeId,
    locationId: location.id,
    homeLocationId: location.id,
    trailerId: trailer.id,
    facilityId: facility.id,
    ...courses,
    productId: product.id,
    tillId: till.id,
    cashSessionId: cashSession.id,
    statementId: statement.id,
    bankLineId: bankLines.items[0].id,
    packageId: definedPackage.id,
    discountId: discount.id,
    timeOffId: off.timeOff.id,
    dayHoursId: dayHours.dayHours.id,
    calendarId: calendar.id,
    closingDayId: closed.closingDays[0].id,
    apiKeyId: key.id,
    webhookEndpointId: endpoint.id,
    endpointId: endpoint.id,
    webhookDeliveryId: delivery.id,
    importId: list.id,
    announcementId: drafted.id,
    leadId: lead.id,
    branchIds: location.id,
    supportAccessId: support.id,
    closingId: closedBooks.id,
    userId,
  };
}

/** A course that everybody is on, one of the same topics with free seats, and one that is full. */
async function courseRows(school: TestSchool, teacherId: Id): Promise<Rows> {
  const { owner } = school;
  const { body: room } = await owner.post('/facilities', { name: 'Lokale 1', kind: 'room', places: 1 }).expect(201);
  const { body: plan } = await owner.post('/course-plans', coursePlan).expect(201);
  const [spare, seated] = [
    await school.enrol(`spare.student@${school.id}.example`),
    await school.enrol(`seated@${school.id}.example`),
  ];
  const open = async (days: number, more: object = {}) => {
    const wish = { planId: plan.id, teacherId, startsOn: noon(days).slice(0, 10), ...more };
    const { body: course } = await owner.post('/courses', wish).expect(201);
    await owner.post(`/courses/${course.id}/open`).expect(200);
    return course.id as Id;
  };
  const [first, courseId, full] = [await open(40), await open(43), await open(46, { capacity: 1 })];
  await owner.post(`/courses/${full}/enrolments`, { studentId: seated.id }).expect(201);
  const { body: classes } = await owner.get(`/classes?courseId=${courseId}`).expect(200);
  return {
    coursePlanId: plan.id,
    planId: plan.id,
    roomId: room.id,
    courseId,
    classId: classes.items[0].id,
    firstCourseId: first,
    fullCourseId: full,
    spareStudentId: spare.id,
  };
}

const coursePlan = {
  name: 'Teori B',
  licenceClass: 'B',
  sessions: [1, 2].map((number) => ({ topic: `Teori ${number}`, minutes: 60, dayOffset: number - 1, time: '20:00' })),
  weekly: [],
  capacity: 10,
  price: { amount: 250_000, currency: 'DKK' },
  vatRateBp: 2500,
};

/** A seat on a course, of which the first class is missed, and a place on another's waiting list. */
async function courseSeat({ owner }: TestSchool, { firstCourseId, fullCourseId }: Rows, studentId: Id): Promise<Rows> {
  const { body: enrolment } = await owner.post(`/courses/${firstCourseId}/enrolments`, { studentId }).expect(201);
  const { body: waiter } = await owner.post('/course-waiting-list', { courseId: fullCourseId, studentId }).expect(201);
  const { body: attendances } = await owner.get(`/class-attendances?studentId=${studentId}`).expect(200);
  const [{ id: attendanceId, classId }] = attendances.items;
  const excused = { attendances: [{ attendanceId, state: 'excused' }] };
  await owner.put(`/classes/${classId}/attendances`, excused).expect(204);
  return { enrolmentId: enrolment.id, waiterId: waiter.id, attendanceId };
}

/** A lesson, a seat on a course, an invoice with an open payment, a message, a charge and a guardian to spare. */
async function studentsOwn(
  test: TestApp,
  school: TestSchool,
  shared: Rows,
  { id: studentId, caller }: { id: Id; caller: Caller },
  number: number,
): Promise<Rows> {
  const { owner } = school;
  const { teacherId, lessonTypeId } = shared;
  const charge = { studentId, description: 'Bog', gross: { amount: 10_000, currency: 'DKK' }, vatRateBp: 2500 };
  await owner.post('/charges', charge).expect(201);
  const { body: invoice } = await owner.post('/invoices', { studentId }).expect(201);
  const { body: accounts } = await owner.get('/ledger/accounts?limit=1').expect(200);
  const loss = { amount: { amount: 100, currency: 'DKK' }, reason: 'Flyttet' };
  const { body: writeOff } = await owner.post(`/invoices/${invoice.id}/write-offs`, loss).expect(201);
  const lines = [{ description: 'Bog', quantity: 1, unitGross: charge.gross, vatRateBp: 2500 }];
  const { body: draft } = await owner.post('/invoice-drafts', { studentId, lines }).expect(201);
  const { body: checkout } = await caller.post(`/invoices/${invoice.id}/checkout`).expect(201);
  const lesson = { studentId, teacherId, lessonTypeId, startsAt: noon(number) };
  await owner.post('/payments', paymentOf(studentId)).expect(201);
  const { body: rest } = await owner.post('/dunning-pauses', { studentId, reason: 'Aftale' }).expect(201);
  await owner.post('/charges', charge).expect(201);
  const { body: unpaid } = await owner.post('/invoices', { studentId }).expect(201);
  const agreed = {
    productId: shared['productId'],
    gross: { amount: 60_000, currency: 'DKK' },
    validFrom: '2040-01-01',
  };
  const { body: agreedPrice } = await owner.post(`/students/${studentId}/agreed-prices`, agreed).expect(201);
  const { packageId } = shared;
  const { body: soldPackage } = await owner.post(`/students/${studentId}/packages`, { packageId }).expect(201);
  const { body: booking } = await owner.post('/bookings', lesson).expect(201);
  const days = { weekdays: [1, 2, 3, 4, 5, 6, 7], time: '09:00', from: noon(50 + 3 * number).slice(0, 10), count: 2 };
  const { body: series } = await owner.post('/booking-series', { ...lesson, startsAt: undefined, ...days }).expect(201);
  const driven = { studentId, teacherId, kind: 'practical', minutes: 45, place: 'Herlev' };
  const { body: planned } = await owner.post('/exams', { ...driven, startsAt: noon(number + 40) }).expect(201);
  const seat = await courseSeat(school, shared, studentId);
  const { body: later } = await owner.post('/charges', charge).expect(201);
  const parts = { chargeIds: [later.id], count: 2, firstDueOn: noon(60).slice(0, 10) };
  const { body: plan } = await owner.post(`/students/${studentId}/instalment-plans`, parts).expect(201);
  const { body: plannable } = await owner.post('/charges', charge).expect(201);
  const { body: open } = await owner.post('/charges', charge).expect(201);
  const { body: feed } = await caller.post('/calendar-feeds', { kind: 'student' }).expect(201);
  const guardian = { name: 'N. N.', email: `spare@${studentId}.example` };
  const { body: guardianship } = await owner.post(`/students/${studentId}/guardians`, guardian).expect(201);
  const upload = owner.post(`/students/${studentId}/documents?kind=medical_form`).attach('file', paper, 'a.pdf');
  const { body: document } = await upload.expect(201);
  const { body: dataExport } = await owner.post(`/students/${studentId}/data-exports`).expect(202);
  await test.settle();
  const wish = { studentId, lessonTypeId, fromDate: noon(40).slice(0, 10), untilDate: noon(40).slice(0, 10) };
  const { body: entry } = await owner.post('/waiting-list', wish).expect(201);
  const { cancellationId, offerId } = await offered(
    test,
    owner,
    { studentId, teacherId: teacherId!, lessonTypeId: lessonTypeId! },
    number,
  );
  const { body: messages } = await owner.get(`/messages?studentId=${studentId}&limit=1`).expect(200);
  const { body: inbox } = await caller.get('/inbox?limit=1').expect(200);
  const consent = { channel: 'email', decision: 'given', source: 'paper', wording: '2026-11' };
  await owner.post(`/students/${studentId}/consents`, consent).expect(201);
  return {
    studentId,
    invoiceId: invoice.id,
    writeOffId: writeOff.id,
    accountId: accounts.items[0].id,
    draftId: draft.id,
    unpaidInvoiceId: unpaid.id,
    dunningPauseId: rest.id,
    paymentId: checkout.paymentId,
    differenceId: await difference(test, school, checkout.paymentId),
    ...(await connectedBooks(test, school)),
    methodId: await savedCard(test, caller, studentId),
    bookingId: series.lessons[0].id,
    bookingIds: booking.id,
    seriesId: series.id,
    examId: planned.id,
    ...seat,
    agreedPriceId: agreedPrice.id,
    soldPackageId: soldPackage.id,
    instalmentPlanId: plan.id,
    instalmentId: plan.instalments[1].id,
    plannableChargeId: plannable.id,
    chargeIds: open.id,
    chargeId: open.id,
    guardianId: guardianship.id,
    documentId: document.id,
    exportId: dataExport.id,
    feedId: feed.id,
    entryId: entry.id,
    offerId,
    cancellationId,
    // Names no row, and stands in paths all the same.
    date: noon(90).slice(0, 10) as Id,
    messageId: messages.items[0].id,
    inboxItemId: inbox.items[0].id,
    subjectId: booking.id,
  };
}

/** Something that the payment provider's books say otherwise. */
async function difference(test: TestApp, { id: schoolId }: TestSchool, paymentId: Id): Promise<Id> {
  const id = newId();
  await globalQuery<Tables<typeof GatewayDifferenceSchema>>(test.em.fork())
    .insertInto('gateway_differences')
    .values({
      id: bin(id),
      school_id: bin(schoolId),
      provider: 'stripe',
      kind: 'missing_there',
      subject_ref: paymentId,
      payment_id: bin(paymentId),
      here_minor: 100,
      there_minor: null,
      currency: 'DKK',
      state: 'open',
      found_at: new Date(),
      settled_at: null,
      settled_by: null,
      reason: null,
    })
    .execute();
  return id;
}

/** Books by file, with something that they refused and a file that was made for them. */
async function connectedBooks(test: TestApp, school: TestSchool): Promise<Rows> {
  const { body: books } = await school.owner.get('/accounting/connection').expect(200);
  if (books.state === 'none') await school.owner.post('/accounting/connection', { provider: 'csv' }).expect(201);
  const db = globalQuery<
    Tables<typeof AccountingConnectionSchema | typeof AccountingFileSchema | typeof AccountingRecordSchema>
  >(test.em.fork());
  const connection = await db
    .selectFrom('accounting_connections')
    .select('id')
    .where('school_id', '=', bin(school.id))
    .executeTakeFirstOrThrow();
  const [accountingRecordId, accountingFileId, today] = [newId(), newId(), new Date()];
  const reference = accountingRecordId.slice(-12);
  const common = { school_id: bin(school.id), connection_id: bin(connection.id), reference };
  const date = today.toISOString().slice(0, 10);
  const money = { occurred_on: date, currency: 'DKK', created_at: today };
  const state = { state: 'failed', voucher: 'none', attempts: 0, step: 5 } as const;
  await db
    .insertInto('accounting_records')
    .values({
      ...common,
      ...money,
      ...state,
      id: bin(accountingRecordId),
      kind: 'journal',
      until_on: date,
      amount_minor: 1,
    })
    .execute();
  const files = test.app.get(StoredFiles, { strict: false });
  const fileId = await school.run(async () => {
    const kept = await files.receive({ name: '1.csv', mediaType: 'text/csv', content: Readable.from(['Dato']) });
    await inTransaction(test.em, () => files.keep(kept));
    return kept;
  });
  const file = { name: `${reference}.csv`, kind: 'journal', bytes: 4, sha256: '0'.repeat(64) } as const;
  await db
    .insertInto('accounting_files')
    .values({ ...common, ...money, ...file, id: bin(accountingFileId), file_id: bin(fileId) })
    .execute();
  return { accountingRecordId, accountingFileId };
}

/** A card that the student has left at the payment provider's page. */
async function savedCard({ sandbox: { stripe } }: TestApp, student: Caller, studentId: Id): Promise<Id> {
  const { body } = await student.post(`/students/${studentId}/payment-methods`, { consent: true }).expect(201);
  await stripe.pay(stripe.checkout(body.url.split('/').at(-1))!, '4242424242424242');
  return body.methodId;
}

/** A lesson whose day is cancelled, and the times that are offered instead. */
async function offered(
  test: TestApp,
  owner: Caller,
  { studentId, teacherId, lessonTypeId }: Rows,
  number: number,
): Promise<{ cancellationId: Id; offerId: Id }> {
  const startsAt = noon(90 + number);
  await owner.post('/bookings', { studentId, teacherId, lessonTypeId, startsAt }).expect(201);
  const path = `/diary-days/${startsAt.slice(0, 10)}/cancellation`;
  const { body: cancelled } = await owner.post(path, { reason: 'weather' }).expect(202);
  await test.settle();
  const { body: offers } = await owner.get(`/offers?studentId=${studentId}`).expect(200);
  return { cancellationId: cancelled.id, offerId: offers.items[0].id };
}

/** Bodies that name rows, as they succeed with the rows of one school. */
export const bodies: Readonly<Record<string, (rows: Rows) => Record<string, unknown>>> = {
  addTeacher: ({ homeLocationId }) => ({ ...teacherInput('bodies@nord.example'), homeLocationId }),
  updateTeacher: ({ homeLocationId }) => ({ homeLocationId }),
  addVehicle: ({ homeLocationId }) => ({ ...vehicleInput('ZZ 99 999'), homeLocationId }),
  updateVehicle: ({ homeLocationId }) => ({ homeLocationId }),
  addFacility: ({ locationId }) => ({ name: 'Skolens', kind: 'room', places: 1, locationId }),
  updateFacility: ({ locationId }) => ({ locationId }),
  addLead: ({ locationId }) => ({ source: 'phone', name: 'Bo', phone: '+4520999999', locationId }),
  assignLead: ({ userId }) => ({ userId }),
  convertLead: ({ studentId }) => ({ studentId }),
  setListing: ({ branchIds }) => ({
    directories: [],
    profileDa: null,
    profileEn: null,
    languages: [],
    licenceClasses: [],
    branchIds: [branchIds],
    website: null,
    rating: null,
  }),
  addProduct: ({ lessonTypeId }) => ({ code: 'NY', name: 'Ny', lessonTypeId }),
  agreePrice: ({ productId }) => ({
    productId,
    gross: { amount: 50_000, currency: 'DKK' },
    validFrom: '2030-01-01',
    validUntil: '2030-12-31',
  }),
  addDiscount: ({ productId }) => ({
    code: 'NY10',
    kind: 'percentage',
    percentBp: 1000,
    amount: null,
    validFrom: '2026-01-01',
    productId,
  }),
  redeemDiscount: () => ({ code: 'SOMMER10' }),
  sellPackage: ({ packageId }) => ({ packageId }),
  handOverPackagePart: ({ productId }) => ({ productId }),
  transferPackage: ({ spareStudentId }) => ({ studentId: spareStudentId }),
  withdrawPackage: () => ({}),
  previewInstalmentPlan: ({ plannableChargeId }) => instalmentsBody(plannableChargeId),
  startInstalmentPlan: ({ plannableChargeId }) => instalmentsBody(plannableChargeId),
  moveInstalment: () => ({ dueOn: noon(90).slice(0, 10) }),
  definePackage: packageBody,
  revisePackage: packageBody,
  createCharge: ({ studentId }) => ({
    studentId,
    description: 'Bog',
    gross: { amount: 10_000, currency: 'DKK' },
    vatRateBp: 2500,
  }),
  issueInvoice: ({ studentId, chargeIds }) => ({ studentId, chargeIds: [chargeIds] }),
  createInvoiceDraft: ({ studentId, chargeIds }) => ({ studentId, chargeIds: [chargeIds] }),
  updateInvoiceDraft: ({ chargeIds }) => ({ chargeIds: [chargeIds] }),
  creditInvoice: () => ({}),
  recordPayment: ({ studentId }) => paymentOf(studentId!),
  pauseDunning: ({ studentId, invoiceId }) => ({ studentId, invoiceId, reason: 'Aftale' }),
  matchBankLine: ({ unpaidInvoiceId }) => ({ invoiceId: unpaidInvoiceId }),
  useCredit: ({ unpaidInvoiceId }) => ({ invoiceId: unpaidInvoiceId }),
  writeOffInvoice: () => ({ reason: 'Flyttet' }),
  bookLesson: ({ studentId, teacherId, vehicleId, lessonTypeId, locationId }) => ({
    studentId,
    teacherId,
    vehicleId,
    locationId,
    lessonTypeId,
    startsAt: noon(20),
  }),
  joinWaitingList: ({ studentId, teacherId, lessonTypeId }) => ({ studentId, teacherId, lessonTypeId }),
  cancelDay: ({ teacherId }) => ({ scope: 'teacher', teacherId, reason: 'other' }),
  previewSeries: seriesBody,
  bookSeries: seriesBody,
  previewSeriesMove: seriesMove,
  moveSeries: seriesMove,
  cancelSeries: ({ bookingId }) => ({ scope: 'one', bookingId }),
  previewLessons: lessonsBody,
  bookLessons: lessonsBody,
  previewCancellations: ({ bookingIds }) => ({ bookingIds: [bookingIds] }),
  cancelLessons: ({ bookingIds }) => ({ bookingIds: [bookingIds] }),
  readInbox: ({ inboxItemId }) => ({ upTo: inboxItemId }),
  createWebhookEndpoint: () => ({ url: 'https://receiver.example/', eventTypes: ['student.left'] }),
  updateWebhookEndpoint: () => ({ description: 'Regnskab' }),
  openCalendarFeed: ({ studentId }) => ({ kind: 'student', studentId }),
  planExam: ({ studentId, teacherId }) => ({
    studentId,
    teacherId,
    kind: 'practical',
    licenceClass: 'A',
    startsAt: noon(44),
    minutes: 45,
    place: 'Herlev',
  }),
  moveExam: ({ teacherId, vehicleId }) => ({ teacherId, vehicleId, startsAt: noon(45) }),
  planCourse: (rows) => courseWish(rows, 70),
  previewCourse: (rows) => courseWish(rows, 80),
  enrolInCourse: ({ spareStudentId }) => ({ studentId: spareStudentId }),
  moveEnrolment: ({ courseId }) => ({ courseId }),
  joinCourseWaitingList: ({ fullCourseId, spareStudentId }) => ({ courseId: fullCourseId, studentId: spareStudentId }),
  moveClass: ({ teacherId, roomId }) => ({ teacherId, roomId, startsAt: noon(33) }),
  sitInOnClass: ({ classId }) => ({ classId }),
  rescheduleBooking: ({ teacherId, vehicleId, locationId }) => ({
    teacherId,
    vehicleId,
    locationId,
    startsAt: noon(21),
  }),
};

/** Stays on his account, so that his invoice can still be paid. */
function paymentOf(studentId: Id) {
  const amount = { amount: 1_000, currency: 'DKK' };
  return { studentId, amount, method: 'cash', receivedOn: '2026-01-02', allocations: [] };
}

function instalmentsBody(chargeId: Id | undefined) {
  return { chargeIds: [chargeId], count: 2, firstDueOn: noon(70).slice(0, 10) };
}

function packageBody({ productId }: Rows) {
  const parts = [{ productId, quantity: 1 }];
  return { name: 'Ny', price: { amount: 50_000, currency: 'DKK' }, validMonths: 6, parts };
}

function courseWish({ planId, teacherId, roomId }: Rows, days: number) {
  return { planId, teacherId, roomId, startsOn: noon(days).slice(0, 10) };
}

function seriesBody({ studentId, teacherId, vehicleId, lessonTypeId }: Rows) {
  const days = { weekdays: [1, 2, 3, 4, 5, 6, 7], time: '10:00', from: noon(70).slice(0, 10), count: 2 };
  return { studentId, teacherId, vehicleId, lessonTypeId, ...days };
}

function seriesMove({ bookingId, teacherId, vehicleId }: Rows) {
  return { scope: 'one', bookingId, teacherId, vehicleId, days: 2 };
}

function lessonsBody({ studentId, teacherId, vehicleId, lessonTypeId }: Rows) {
  return { studentId, teacherId, vehicleId, lessonTypeId, times: [{ startsAt: noon(80) }] };
}

// What a path may name that is no row, and the same for every school.
const words: Rows = { messageKind: 'lesson_booked' as Id, locale: 'da' as Id };

/** The row, or the word, that a name of the document stands for. */
export function rowOf(rows: Rows, name: string): Id {
  const row = rows[name] ?? words[name];
  if (!row) throw new Error(`say in test/e2e/permissions/world.ts which row ${name} names`);
  return row;
}

/** What belongs to no school has rows of its own, or none. */
export const noRow = newId();

export function noon(days: number): string {
  return `${new Date(Date.now() + days * day).toISOString().slice(0, 10)}T12:00:00Z`;
}
