import type { Id } from '../../../src/platform/values/id.js';
import { newId } from '../../../src/platform/values/id.js';
import type { TestApp } from '../../support/app.js';
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
  const { owner } = school;
  const workingHours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, starts: '00:00', ends: '24:00' }));
  const teacher = await school.addTeacher(`diary@${slug}.example`, { workingHours });
  const shared = await sharedRows(school, teacher.id, helper);
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
  return {
    school,
    office: await school.join(`office@${slug}.example`, 'office'),
    teacher: teacher.caller,
    student: one.caller,
    guardian: await school.join(email, 'guardian'),
    rows: { ...shared, ...own },
    others: { ...shared, ...others },
  };
}

async function sharedRows(school: TestSchool, teacherId: Id, helper: Caller): Promise<Rows> {
  const { owner, vehicleId, lessonTypeId } = school;
  const timeOff = { startsAt: noon(60), endsAt: noon(61) };
  const { body: off } = await owner.post(`/teachers/${teacherId}/time-off`, timeOff).expect(201);
  const { body: key } = await owner.post('/api-keys', { name: 'Spare', scopes: ['vehicle.read'] }).expect(201);
  const { userId } = await school.join(`spare@${school.id}.example`, 'office');
  const why = { reason: 'A booking is missing', minutes: 60 };
  const { body: support } = await helper.post(`/v1/schools/${school.id}/support-access`, why).expect(201);
  const csv = 'Navn;E-mail;Kategori\r\nEva Bro;eva@import.example;B\r\nIb Å;ib@import.example;B';
  const upload = owner
    .post('/student-imports')
    .type('text/csv')
    .send(csv as never);
  const { body: list } = await upload.expect(201);
  return {
    teacherId,
    vehicleId,
    lessonTypeId,
    timeOffId: off.timeOff.id,
    apiKeyId: key.id,
    importId: list.id,
    supportAccessId: support.id,
    userId,
  };
}

/** A lesson, an invoice with an open payment, a message, a charge and a guardian to spare. */
async function studentsOwn(
  test: TestApp,
  { owner }: TestSchool,
  { teacherId, lessonTypeId }: Rows,
  { id: studentId, caller }: { id: Id; caller: Caller },
  number: number,
): Promise<Rows> {
  const charge = { studentId, description: 'Bog', gross: { amount: 10_000, currency: 'DKK' }, vatRateBp: 2500 };
  await owner.post('/charges', charge).expect(201);
  const { body: invoice } = await owner.post('/invoices', { studentId }).expect(201);
  const { body: checkout } = await caller.post(`/invoices/${invoice.id}/checkout`).expect(201);
  const lesson = { studentId, teacherId, lessonTypeId, startsAt: noon(number) };
  const { body: booking } = await owner.post('/bookings', lesson).expect(201);
  const { body: open } = await owner.post('/charges', charge).expect(201);
  const guardian = { name: 'N. N.', email: `spare@${studentId}.example` };
  const { body: guardianship } = await owner.post(`/students/${studentId}/guardians`, guardian).expect(201);
  const upload = owner.post(`/students/${studentId}/documents?kind=medical_form`).attach('file', paper, 'a.pdf');
  const { body: document } = await upload.expect(201);
  const { body: dataExport } = await owner.post(`/students/${studentId}/data-exports`).expect(202);
  await test.settle();
  const { body: messages } = await owner.get(`/messages?studentId=${studentId}&limit=1`).expect(200);
  return {
    studentId,
    invoiceId: invoice.id,
    paymentId: checkout.paymentId,
    bookingId: booking.id,
    chargeIds: open.id,
    guardianId: guardianship.id,
    documentId: document.id,
    exportId: dataExport.id,
    messageId: messages.items[0].id,
    subjectId: booking.id,
  };
}

/** Bodies that name rows, as they succeed with the rows of one school. */
export const bodies: Readonly<Record<string, (rows: Rows) => Record<string, unknown>>> = {
  createCharge: ({ studentId }) => ({
    studentId,
    description: 'Bog',
    gross: { amount: 10_000, currency: 'DKK' },
    vatRateBp: 2500,
  }),
  issueInvoice: ({ studentId, chargeIds }) => ({ studentId, chargeIds: [chargeIds] }),
  creditInvoice: () => ({}),
  bookLesson: ({ studentId, teacherId, vehicleId, lessonTypeId }) => ({
    studentId,
    teacherId,
    vehicleId,
    lessonTypeId,
    startsAt: noon(20),
  }),
  rescheduleBooking: ({ teacherId, vehicleId }) => ({ teacherId, vehicleId, startsAt: noon(21) }),
};

/** The row that a name of the document stands for. */
export function rowOf(rows: Rows, name: string): Id {
  const row = rows[name];
  if (!row) throw new Error(`say in test/e2e/permissions/world.ts which row ${name} names`);
  return row;
}

/** What belongs to no school has rows of its own, or none. */
export const noRow = newId();

export function noon(days: number): string {
  return `${new Date(Date.now() + days * day).toISOString().slice(0, 10)}T12:00:00Z`;
}
