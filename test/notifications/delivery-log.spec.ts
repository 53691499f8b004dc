import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InviteUser } from '../../src/modules/identity/index.js';
import type { Id } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Stage, type Person } from './stage.js';

interface LogLine {
  readonly id: Id;
  readonly userId: Id;
  readonly kind: string;
}

let test: TestApp;
let stage: Stage;
let elsewhere: Stage;
let student: Person;
let classmate: Person;

beforeAll(async () => {
  test = await startTestApp();
  [stage, elsewhere] = [await Stage.open(test, 'log'), await Stage.open(test, 'andre')];
  [student, classmate] = [await stage.student(), await stage.student()];
  await stage.book(student);
  await stage.book(classmate);
  await test.settle();
});
afterAll(() => test.close());

const listed = async (person: Person, query = '') =>
  (await stage.read(person, `messages${query}`).expect(200)).body as { items: LogLine[]; nextCursor: string | null };

describe('the delivery log', () => {
  it('shows staff the whole school, newest first, in pages, without addresses or texts', async () => {
    const all = await listed(stage.teacher);
    expect(all.items).toHaveLength(8);
    expect(all.items.map(({ id }) => id)).toEqual(
      all.items
        .map(({ id }) => id)
        .toSorted()
        .reverse(),
    );
    const first = await listed(stage.teacher, '?limit=5');
    const second = await listed(stage.teacher, `?limit=5&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items]).toEqual(all.items);
    expect(second.nextCursor).toBeNull();
    expect(JSON.stringify(all)).not.toContain(student.email);
    expect(JSON.stringify(all)).not.toContain(student.phone);
  });

  it('is filtered by student and state', async () => {
    const { items } = await listed(stage.teacher, `?studentId=${student.id}&state=sent`);
    expect(items.map(({ userId }) => userId)).toEqual([student.userId, student.userId]);
    expect((await listed(stage.teacher, '?state=failed')).items).toEqual([]);
  });

  it('shows a student his own alone', async () => {
    await stage.read(student, `messages?studentId=${classmate.id}`).expect(404);
    const { items } = await listed(student);
    expect(new Set(items.map(({ userId }) => userId))).toEqual(new Set([student.userId]));
    const [foreign] = (await listed(classmate)).items;
    await stage.read(student, `messages/${foreign!.id}`).expect(404);
    await stage.read(student, `messages/${items[0]!.id}`).expect(200);
  });

  it('of one school is nothing to another', async () => {
    const [line] = (await listed(stage.teacher)).items;
    await stage.read(elsewhere.teacher, 'messages').expect(404);
    await elsewhere.read(elsewhere.teacher, `messages/${line!.id}`).expect(404);
    expect((await elsewhere.read(elsewhere.teacher, 'messages').expect(200)).body).toEqual({
      items: [],
      nextCursor: null,
    });
  });
});

describe('an invitation', () => {
  it('carries a token that stands nowhere but in the e-mail, and works once', async () => {
    const email = 'ny@log.example';
    const { userId } = await stage.inside(() =>
      stage.get(InviteUser).execute({ email, name: 'Ny Elev', role: 'student', locale: 'en' }),
    );
    await test.settle();
    const [mail] = [...test.sandbox.mail.mailbox.values()].filter((each) => each.envelope.to.includes(email));
    expect(mail).toMatchObject({
      subject: 'Welcome to Køreskolen log',
      text: expect.stringContaining('Choose a password'),
    });
    const token = /#token=([^&\s]+)&purpose=invitation/.exec(mail!.text!)?.[1];
    const [message] = await stage.messagesTo({ userId } as Person);
    expect(JSON.stringify(message)).not.toContain(token);
    const password = 'lang nok adgangskode';
    await test.http.post('/v1/auth/invitations/accept').send({ token, password }).expect(200);
    await test.http.post('/v1/auth/invitations/accept').send({ token, password }).expect(422);
  });
});

describe('a password reset', () => {
  it('goes out in the platform’s own name, for it belongs to no school', async () => {
    await test.http.post('/v1/auth/password-resets').send({ email: student.email }).expect(202);
    await test.settle();
    const mail = stage.arrivedAt(student).mails.at(-1);
    expect(mail?.subject).toBe('Ny adgangskode til Just Driving');
    expect(mail?.text).toMatch(/#token=[\w-]+&purpose=password_reset/);
  });
});

describe('the page behind such a link', () => {
  it('is there in both languages, with a script of its own', async () => {
    const danish = await test.http.get('/account/password').set('accept-language', 'da').expect(200);
    expect(danish.text).toContain('Vælg adgangskode');
    expect((await test.http.get('/account/password').expect(200)).text).toContain('Choose a password');
    await test.http
      .get('/account/password.js')
      .expect(200)
      .expect('content-type', /javascript/);
  });
});
