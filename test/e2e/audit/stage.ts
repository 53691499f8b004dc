import { sql } from 'kysely';
import { globalQuery } from '../../../src/platform/database/query.js';
import type { Id } from '../../../src/platform/values/id.js';
import { addDays } from '../../../src/platform/values/zone.js';
import { type Caller, platformAdmin } from '../../support/test-school.js';
import { krone, Till } from '../till.js';

const hour = 3_600_000;

/** Two schools with a till, an administrator, and a teacher who works day and night. */
export class Stage {
  private numbers = 0;
  private days = 0;
  private readonly firstDay = Date.now();
  private hours = 0;

  private constructor(
    readonly till: Till,
    readonly admin: Caller,
    readonly teacherId: Id,
  ) {}

  static async open(): Promise<Stage> {
    const till = await Till.open();
    const workingHours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, starts: '00:00', ends: '24:00' }));
    const teacher = await till.nord.addTeacher('diary@nord.example', { workingHours });
    return new Stage(till, await platformAdmin(till.test), teacher.id);
  }

  /** Unique in this run. */
  get number(): number {
    return (this.numbers += 1);
  }

  get studentId(): Id {
    return this.till.nord.student.id;
  }

  /** Later than the one before, and long ago. */
  pastDay(): string {
    return addDays('2010-01-31', this.number);
  }

  /** A student who has just turned fifteen, or is about to. */
  async minor(): Promise<Id> {
    const birthDate = `${this.till.test.clock.now().getUTCFullYear() - 15}-06-01`;
    return (await this.till.nord.enrol(`minor${this.number}@nord.example`, { birthDate })).id;
  }

  guardian() {
    return { name: 'Karen Lund', email: `guardian${this.number}@nord.example` };
  }

  uploadStudent() {
    const csv = `Navn;E-mail;Kategori\nFreja Lund;import${this.number}@nord.example;B`;
    return this.till.nord.owner.post('/student-imports').type('text/csv').send(csv);
  }

  /** An import whose rows have been looked at. */
  async checkedImport(): Promise<Id> {
    const { body } = await this.uploadStudent().expect(201);
    await this.till.test.settle();
    return body.id;
  }

  async calendarFeed(): Promise<Id> {
    return (await this.till.nord.owner.post('/calendar-feeds', { kind: 'school' }).expect(201)).body.id;
  }

  async webhookEndpoint(): Promise<Id> {
    const url = `${this.till.test.sandbox.url}/receiver/audit`;
    const { nord } = this.till;
    const { body: all } = await nord.owner.get('/webhook-endpoints').expect(200);
    for (const { id } of all.items) await nord.owner.delete(`/webhook-endpoints/${id}`).expect(204);
    return (await nord.owner.post('/webhook-endpoints', { url, eventTypes: ['student.left'] }).expect(201)).body.id;
  }

  /** To an endpoint, as a test of it. */
  async webhookDelivery(): Promise<Id> {
    const { body } = await this.till.nord.owner
      .post(`/webhook-endpoints/${await this.webhookEndpoint()}/test`)
      .expect(201);
    return body.id;
  }

  async paymentToRefund(): Promise<Id> {
    return (await this.till.paid()).paymentId;
  }

  cashOf(studentId: Id) {
    return { studentId, amount: krone(100), method: 'cash', receivedOn: this.till.today(), allocations: [] };
  }

  /** Money on the account of somebody new. */
  async cash(): Promise<{ studentId: Id; paymentId: Id }> {
    const { id: studentId } = await this.till.newStudent();
    const { body } = await this.till.nord.owner.post('/payments', this.cashOf(studentId)).expect(201);
    return { studentId, paymentId: body.id };
  }

  /** On the price list, without a price yet. */
  async product(): Promise<Id> {
    const body = { code: `P${this.number}`, name: 'Lærebog' };
    return (await this.till.nord.owner.post('/products', body).expect(201)).body.id;
  }

  voucher() {
    return { code: `V${this.number}`, kind: 'percentage', percentBp: 1000, validFrom: '2026-01-01' };
  }

  async packageBody() {
    const productId = await this.product();
    const listed = { validFrom: '2026-01-01', gross: krone(100), vatRateBp: 2500 };
    await this.till.nord.owner.post(`/products/${productId}/prices`, listed).expect(201);
    return { name: 'Pakke', price: krone(90), validMonths: 12, parts: [{ productId, quantity: 1 }] };
  }

  async package(): Promise<Id> {
    return (await this.till.nord.owner.post('/packages', await this.packageBody()).expect(201)).body.id;
  }

  async soldPackage(): Promise<{ id: Id; parts: { productId: Id }[] }> {
    const packageId = await this.package();
    return (await this.till.nord.owner.post(`/students/${this.studentId}/packages`, { packageId }).expect(201)).body;
  }

  async instalmentsBody() {
    const chargeIds = [await this.till.charge(this.studentId)];
    return { chargeIds, count: 2, firstDueOn: addDays(this.till.today(), 60) };
  }

  async instalmentPlan(): Promise<{ id: Id; instalments: { id: Id }[] }> {
    const path = `/students/${this.studentId}/instalment-plans`;
    return (await this.till.nord.owner.post(path, await this.instalmentsBody()).expect(201)).body;
  }

  async agreedPrice() {
    return { productId: await this.product(), gross: { amount: 5000, currency: 'DKK' }, validFrom: '2026-01-01' };
  }

  uploadBankFile() {
    const csv = `Dato;Tekst;Beløb\r\n02-01-2026;Gave ${this.number};7,77`;
    return this.till.nord.owner.post('/bank-statements').type('text/csv').send(csv);
  }

  /** Of the bank's, which nobody has decided on. */
  async bankLine(): Promise<Id> {
    const { body } = await this.uploadBankFile().expect(201);
    const lines = await this.till.nord.owner.get(`/bank-lines?statementId=${body.id}`).expect(200);
    return lines.body.items[0].id;
  }

  async cashTill(): Promise<Id> {
    return (await this.till.nord.owner.post('/cash-tills', { name: 'Kassen' }).expect(201)).body.id;
  }

  /** @returns its session's id */
  async openTill(): Promise<Id> {
    const path = `/cash-tills/${await this.cashTill()}/sessions`;
    return (await this.till.nord.owner.post(path, { float: krone(100) }).expect(201)).body.id;
  }

  /** A booked lesson, on a day of its own. */
  async lesson(): Promise<Id> {
    return (await this.till.nord.owner.post('/bookings', this.lessonBody()).expect(201)).body.id;
  }

  /** A theory exam of somebody new. */
  async examBody() {
    const studentId = (await this.till.nord.enrol(`exam${this.number}@nord.example`)).id;
    return { studentId, kind: 'theory', startsAt: this.noon(), minutes: 60, place: 'Herlev' };
  }

  async exam(): Promise<Id> {
    return (await this.till.nord.owner.post('/exams', await this.examBody()).expect(201)).body.id;
  }

  /** A time that staff hold. */
  async heldTime(): Promise<Id> {
    const body = { ...this.lessonBody(), hold: { minutes: 60 } };
    return (await this.till.nord.owner.post('/bookings', body).expect(201)).body.id;
  }

  lessonBody() {
    const { lessonTypeId } = this.till.nord;
    return { lessonTypeId, studentId: this.studentId, teacherId: this.teacherId, startsAt: this.noon() };
  }

  /** Other times for a lesson whose day is cancelled. */
  async offer(): Promise<{ readonly id: Id; readonly startsAt: string }> {
    const { owner } = this.till.nord;
    const lesson = this.lessonBody();
    await owner.post('/bookings', lesson).expect(201);
    const day = `/diary-days/${lesson.startsAt.slice(0, 10)}/cancellation`;
    await owner.post(day, { reason: 'weather', scope: 'teacher', teacherId: this.teacherId }).expect(202);
    await this.till.test.settle();
    const { body } = await owner.get(`/offers?studentId=${this.studentId}&state=open&limit=1`).expect(200);
    const [{ id, choices }] = body.items;
    // One of these two weeks may be taken now.
    this.days += 15;
    return { id, startsAt: choices[0].startsAt };
  }

  /** Two lessons on days of their own. */
  async series(): Promise<Id> {
    return (await this.till.nord.owner.post('/booking-series', this.seriesBody()).expect(201)).body.id;
  }

  seriesBody() {
    const { startsAt, ...lesson } = this.lessonBody();
    this.days += 1;
    const weekdays = [1, 2, 3, 4, 5, 6, 7];
    return { ...lesson, weekdays, time: '14:00', from: startsAt.slice(0, 10), count: 2 };
  }

  /** One that begins at a full hour of its own, by a clock that then stands at it. */
  async lessonThatBegan(): Promise<Id> {
    const { clock } = this.till.test;
    this.hours += 1;
    const startsAt = new Date((Math.floor(clock.now().getTime() / hour) + this.hours) * hour);
    clock.set(startsAt);
    const lesson = { ...this.lessonBody(), startsAt: startsAt.toISOString() };
    return (await this.till.nord.owner.post('/bookings', lesson).expect(201)).body.id;
  }

  /** Noon of a day that nobody has used: counted from one day, as the clock is moved past midnight and back. */
  noon(): string {
    this.days += 1;
    const day = this.firstDay + (2 + this.days) * 86_400_000;
    return `${new Date(day).toISOString().slice(0, 10)}T12:00:00Z`;
  }

  calendar() {
    return { name: 'Privat', url: `https://calendar.example/${this.number}.ics` };
  }

  coursePlan() {
    const evening = { minutes: 60, time: '20:00' };
    return {
      name: `Teori ${this.number}`,
      licenceClass: 'B',
      sessions: [0, 1].map((dayOffset) => ({ ...evening, topic: 'Teori', dayOffset })),
      weekly: [],
      capacity: 1,
      price: { amount: 250_000, currency: 'DKK' },
      vatRateBp: 2500,
    };
  }

  async courseWish() {
    const { owner } = this.till.nord;
    const { body: plan } = await owner.post('/course-plans', this.coursePlan()).expect(201);
    const startsOn = this.noon().slice(0, 10);
    this.noon();
    return { planId: plan.id as Id, teacherId: this.teacherId, startsOn };
  }

  /** An open course of one seat, with its classes. */
  async course(): Promise<{ readonly id: Id; readonly classIds: readonly Id[] }> {
    const { owner } = this.till.nord;
    const { body: course } = await owner.post('/courses', await this.courseWish()).expect(201);
    await owner.post(`/courses/${course.id}/open`).expect(200);
    const { body: classes } = await owner.get(`/classes?courseId=${course.id}`).expect(200);
    return { id: course.id, classIds: classes.items.map(({ id }: { id: Id }) => id) };
  }

  /** Somebody who has never been here before. */
  async newStudent(): Promise<Id> {
    return (await this.till.nord.enrol(`new${this.number}@nord.example`)).id;
  }

  async enrolment(courseId: Id): Promise<Id> {
    const studentId = await this.newStudent();
    return (await this.till.nord.owner.post(`/courses/${courseId}/enrolments`, { studentId }).expect(201)).body.id;
  }

  /** The seat of a student in a class. */
  async attendance(classId: Id): Promise<Id> {
    return (await this.till.nord.owner.get(`/class-attendances?classId=${classId}`).expect(200)).body.items[0].id;
  }

  /** A place on the waiting list of a course whose one seat is taken. */
  async waiter(): Promise<{ readonly id: Id; readonly enrolmentId: Id }> {
    const { id: courseId } = await this.course();
    const enrolmentId = await this.enrolment(courseId);
    const studentId = await this.newStudent();
    const { body } = await this.till.nord.owner.post('/course-waiting-list', { courseId, studentId }).expect(201);
    return { id: body.id, enrolmentId };
  }

  /** A missed class, and one of another course in which it can be caught up. */
  async missedClass(): Promise<{ readonly attendanceId: Id; readonly classId: Id }> {
    const { owner } = this.till.nord;
    const { id, classIds } = await this.course();
    await this.enrolment(id);
    const attendanceId = await this.attendance(classIds[0]!);
    const attendances = [{ attendanceId, state: 'excused' }];
    await owner.put(`/classes/${classIds[0]}/attendances`, { attendances }).expect(204);
    return { attendanceId, classId: (await this.course()).classIds[0]! };
  }

  dayOff() {
    return { date: this.noon().slice(0, 10), hours: [] };
  }

  async timeOff(): Promise<Id> {
    const [startsAt, endsAt] = [this.noon(), this.noon()];
    const { body } = await this.till.nord.owner.post(`/teachers/${this.teacherId}/time-off`, { startsAt, endsAt });
    return body.timeOff.id;
  }

  /** What a provider has told. */
  async webhook(): Promise<Id> {
    await this.till.paid();
    return (await this.admin.get('/v1/ops/webhooks?limit=1').expect(200)).body.items[0].id;
  }

  /** A delivery that was given up. */
  async deadLetter(): Promise<{ readonly eventId: Id; readonly handler: string }> {
    await this.lesson();
    await this.till.test.settle();
    const db = globalQuery<object>(this.till.test.em.fork());
    await sql`UPDATE outbox_deliveries SET state = 'dead' WHERE state = 'done' ORDER BY event_id DESC LIMIT 1`.execute(
      db,
    );
    const { eventId, handler } = (await this.admin.get('/v1/ops/deliveries?state=dead').expect(200)).body.items[0];
    return { eventId, handler };
  }
}
