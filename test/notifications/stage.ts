import { RequestContext } from '@mikro-orm/core';
import { InviteUser } from '../../src/modules/identity/index.js';
import { accessTokenOf } from '../../src/modules/identity/testing/sign-in.js';
import { AddLessonType, AddTeacher, AddVehicle, CreateSchool, TeacherSchema } from '../../src/modules/schools/index.js';
import {
  lessonTypeInput,
  schoolInput,
  teacherInput,
  vehicleInput,
} from '../../src/modules/schools/testing/school-inputs.js';
import { EnrolStudent, StudentDirectory } from '../../src/modules/students/index.js';
import { studentInput } from '../../src/modules/students/testing/student-inputs.js';
import { MessageSchema } from '../../src/modules/notifications/index.js';
import { Outbox } from '../../src/platform/outbox/outbox.js';
import { inSchool } from '../../src/platform/tenancy/tenancy.js';
import type { Id } from '../../src/platform/values/id.js';
import { addDays, atLocal, localDate, weekdayOf } from '../../src/platform/values/zone.js';
import type { TestApp } from '../support/app.js';

let stages = 0;

export interface Person {
  readonly id: Id;
  readonly userId: Id;
  readonly email: string;
  readonly phone: string;
  readonly token: string;
}

/** A school that is open for lessons: one teacher, one car, one lesson type. Nobody was written to yet. */
export class Stage {
  private people = 0;
  /** Nobody has the number of somebody on another stage. */
  private readonly number = stages++;
  private lessons = 0;

  private constructor(
    readonly test: TestApp,
    readonly schoolId: Id,
    readonly slug: string,
    readonly lessonTypeId: Id,
    readonly teacher: Person,
  ) {}

  static async open(test: TestApp, slug: string): Promise<Stage> {
    const get = <T>(type: abstract new (...args: never[]) => T): T => test.app.get(type, { strict: false });
    return RequestContext.create(test.em, () =>
      Outbox.muted(async () => {
        const school = await get(CreateSchool).execute(schoolInput(slug));
        return inSchool(school.id, async () => {
          const lessonType = await get(AddLessonType).execute(lessonTypeInput());
          await get(AddVehicle).execute(vehicleInput('AB 12 345'));
          const [email, phone] = [`laerer@${slug}.example`, `+4520111${String(stages).padStart(3, '0')}`];
          const { id } = await get(AddTeacher).execute(teacherInput(email, { phone }));
          const { userId } = await test.em.fork().findOneOrFail(TeacherSchema, { id });
          const teacher = { id, userId, email, phone, token: await accessTokenOf(test.app, userId) };
          return new Stage(test, school.id, slug, lessonType.id, teacher);
        });
      }),
    );
  }

  async student(changes: { phone?: string | null; email?: string } = {}): Promise<Person> {
    const index = (this.people += 1);
    const [email, phone] = [
      changes.email ?? `elev${index}@${this.slug}.example`,
      changes.phone === undefined ? `+45${2022 + this.number}${String(index).padStart(4, '0')}` : changes.phone,
    ];
    return this.inside(() =>
      Outbox.muted(async () => {
        const { id } = await this.get(EnrolStudent).execute(studentInput(email, { phone }));
        const { userId } = await this.get(StudentDirectory).get(id);
        return { id, userId, email, phone: phone ?? '', token: await accessTokenOf(this.test.app, userId) };
      }),
    );
  }

  async owner(): Promise<{ userId: Id; token: string }> {
    const { userId } = await this.inside(() =>
      this.get(InviteUser).execute({ email: `owner@${this.slug}.example`, name: 'Mette Holm', role: 'owner' }),
    );
    return { userId, token: await accessTokenOf(this.test.app, userId) };
  }

  /** Books the next hour of a working day that no lesson of this stage has taken yet. */
  async book(student: Person, startsAt = this.nextHour()): Promise<{ id: Id; startsAt: Date }> {
    const answer = await this.post(student, 'bookings', {
      lessonTypeId: this.lessonTypeId,
      startsAt: startsAt.toISOString(),
    });
    if (answer.status !== 201) throw new Error(`booking answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return { id: answer.body.id as Id, startsAt };
  }

  /** With a new session: the clock may have left the old one behind. */
  async signedIn<P extends { userId: Id }>(person: P): Promise<P & { token: string }> {
    return { ...person, token: await accessTokenOf(this.test.app, person.userId) };
  }

  post(person: { token: string }, path: string, body: object = {}) {
    return this.test.http
      .post(`/v1/schools/${this.schoolId}/${path}`)
      .set('authorization', `Bearer ${person.token}`)
      .send(body);
  }

  patch(person: { token: string }, path: string, body: object) {
    return this.test.http
      .patch(`/v1/schools/${this.schoolId}${path}`)
      .set('authorization', `Bearer ${person.token}`)
      .send(body);
  }

  read(person: { token: string }, path: string) {
    return this.test.http.get(`/v1/schools/${this.schoolId}/${path}`).set('authorization', `Bearer ${person.token}`);
  }

  /** Rows of the delivery log for one person, oldest first. */
  messagesTo(person: Person) {
    return this.inside(() =>
      this.test.em.fork().find(MessageSchema, { userId: person.userId }, { orderBy: { id: 'asc' } }),
    );
  }

  /** What really arrived. */
  arrivedAt(person: Person) {
    const mails = [...this.test.sandbox.mail.mailbox.values()].filter((each) =>
      each.envelope.to.includes(person.email),
    );
    const texts = this.test.sandbox.twilio
      .received()
      .filter((each) => each.to === person.phone)
      .toReversed();
    return { mails, texts };
  }

  inside<T>(work: () => Promise<T>): Promise<T> {
    return RequestContext.create(this.test.em, () => inSchool(this.schoolId, work));
  }

  get<T>(type: abstract new (...args: never[]) => T): T {
    return this.test.app.get(type, { strict: false });
  }

  /** A time that no lesson of this stage has taken yet, on a working day a week or more from now. */
  nextHour(): Date {
    const index = this.lessons++;
    const week = addDays(localDate(this.test.clock.now(), 'Europe/Copenhagen'), 7 + 7 * Math.floor(index / 30));
    const monday = addDays(week, 1 - weekdayOf(week));
    const hour = String(8 + (index % 6)).padStart(2, '0');
    return atLocal(addDays(monday, 7 + (Math.floor(index / 6) % 5)), `${hour}:00`, 'Europe/Copenhagen');
  }
}
