import { sql } from 'kysely';
import { globalQuery } from '../../../src/platform/database/query.js';
import type { Id } from '../../../src/platform/values/id.js';
import { type Caller, platformAdmin } from '../../support/test-school.js';
import { Till } from '../till.js';

const hour = 3_600_000;

/** Two schools with a till, an administrator, and a teacher who works day and night. */
export class Stage {
  private numbers = 0;
  private days = 0;
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

  async paymentToRefund(): Promise<Id> {
    return (await this.till.paid()).paymentId;
  }

  /** A booked lesson, on a day of its own. */
  async lesson(): Promise<Id> {
    return (await this.till.nord.owner.post('/bookings', this.lessonBody()).expect(201)).body.id;
  }

  lessonBody() {
    const { lessonTypeId } = this.till.nord;
    return { lessonTypeId, studentId: this.studentId, teacherId: this.teacherId, startsAt: this.noon() };
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

  /** Noon of a day that nobody has used. */
  noon(): string {
    this.days += 1;
    const day = this.till.test.clock.now().getTime() + this.days * 86_400_000;
    return `${new Date(day).toISOString().slice(0, 10)}T12:00:00Z`;
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
