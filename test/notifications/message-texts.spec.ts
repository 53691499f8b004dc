import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OwnTextAudit } from '../../src/modules/notifications/own-texts/queries/own-text-audit.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Stage } from './stage.js';

let test: TestApp;
let stage: Stage;
let other: Stage;
let owner: { token: string };

beforeAll(async () => {
  test = await startTestApp();
  [stage, other] = [await Stage.open(test, 'nord'), await Stage.open(test, 'syd')];
  owner = await stage.owner();
});
beforeEach(() => test.sandbox.reset());
afterAll(() => test.close());

const own = {
  subject: 'Vi ses {{ lesson.moment }}',
  heading: 'Så er det snart',
  paragraphs: [
    'Kære {{ reader.name }} <3 & co.',
    '{% unless lesson.teacher %}Gebyr{% endunless %}',
    'Linje et\nLinje to',
  ],
  actionLabel: null,
  sms: '{{ sender.name }}: Vi ses {{ lesson.moment }}!',
};

const path = 'message-texts/lesson_booked/da';
const read = (at = path) => stage.read(owner, at);
const call = (method: 'put' | 'delete', by: { token: string }, at: string, body?: object, schoolId = stage.schoolId) =>
  test.http[method](`/v1/schools/${schoolId}/${at}`).set('authorization', `Bearer ${by.token}`).send(body);
const put = (body: object, at = path) => call('put', owner, at, body);
const reset = (at = path) => call('delete', owner, at);
const preview = (body: object, at = path) => stage.post(owner, `${at}/preview`, body);
const standard = async (at: string) => (await read(at).expect(200)).body.standard as typeof own;

describe('a school’s own text', () => {
  it('stands beside the standard one, with what it may name', async () => {
    const { body } = await read().expect(200);
    expect(body).toMatchObject({ kind: 'lesson_booked', locale: 'da', own: null, version: 0, changedBy: null });
    expect(body.standard.subject).toBe('Booket: {{ lesson.type }} {{ lesson.moment }}');
    expect(body.variables).toContainEqual({ name: 'lesson.teacher', example: 'Mette Krogh' });
    const { body: kinds } = await stage.read(owner, 'message-texts').expect(200);
    const names = kinds.map(({ kind }: { kind: string }) => kind);
    expect(names).toEqual(expect.arrayContaining(['lesson_booked', 'invoice_issued', 'teacher_lesson_moved']));
    for (const fixed of ['invitation', 'password_reset', 'trial_ending']) {
      expect(names).not.toContain(fixed);
      await read(`message-texts/${fixed}/da`).expect(404);
    }
    await read('message-texts/lesson_booked/de').expect(404);
  });

  it('is sent in this school and no other, escaped, until the standard one is put back', async () => {
    const { body: saved } = await put({ ...own, subject: 'Hov' }).expect(200);
    expect(saved).toMatchObject({ own: { ...own, subject: 'Hov' }, version: 1, changedBy: expect.any(String) });
    const { body: again } = await put(own).expect(200);
    expect(again).toMatchObject({ own, version: 2 });

    const [here, there] = [await stage.student(), await other.student()];
    await stage.book(here);
    await other.book(there);
    await test.settle();
    const { mails, texts } = stage.arrivedAt(here);
    expect(mails[0]!.subject).toMatch(/^Vi ses .* kl\. \d\d\.00$/);
    expect(mails[0]!.html).toContain('Kære Freja Lund &lt;3 &amp; co.');
    expect(mails[0]!.html).toMatch(/Linje et<br ?\/?>\nLinje to/);
    expect(mails[0]!.html).not.toContain('Gebyr');
    // Its facts stay.
    expect(mails[0]!.text).toContain('Kørelærer: Lars Holm');
    expect(texts[0]!.body).toMatch(/^Køreskolen nord: Vi ses .*!$/);
    expect(other.arrivedAt(there).mails[0]!.subject).toMatch(/^Booket: /);

    await reset().expect(204);
    expect((await reset().expect(404)).body).toMatchObject({ code: 'message_text.not_own' });
    const later = await stage.student();
    await stage.book(later);
    await test.settle();
    expect(stage.arrivedAt(later).mails[0]!.subject).toMatch(/^Booket: /);
    const log = async (action: string) =>
      (await stage.read(owner, `audit-log?action=${action}`)).body.items as object[];
    expect(await log('message_text.changed')).toMatchObject([
      { details: { kind: 'lesson_booked', locale: 'da', fields: ['subject'] } },
      { details: { fields: ['subject', 'heading', 'paragraphs', 'sms'] } },
    ]);
    expect(await log('message_text.reset')).toHaveLength(1);
  });

  it('is refused where it is broken, by part and variable, and changes nothing', async () => {
    const refusals: [change: object, field: string, says: string][] = [
      [{ subject: 'Hej {{ lesson.colour }}' }, 'subject', '{{ lesson.colour }}'],
      [{ paragraphs: ['Hej', '{{ constructor.constructor }}'] }, 'paragraphs.1', '{{ constructor.constructor }}'],
      [{ heading: '{% if lesson.fee %}x' }, 'heading', 'not closed'],
      [{ sms: '{% for i in (1..9) %}x{% endfor %}' }, 'sms', 'cannot be read'],
      [{ sms: 'x'.repeat(600) }, 'sms', '4 text messages'],
      [{ sms: null }, 'sms', 'is required'],
      [{ actionLabel: 'Tryk' }, 'actionLabel', 'must be null'],
    ];
    for (const [change, field, says] of refusals)
      for (const attempt of [put({ ...own, ...change }), preview({ text: { ...own, ...change } })]) {
        const { body } = await attempt.set('accept-language', 'en').expect(422);
        expect(body).toMatchObject({ code: 'message_text.invalid', errors: [{ field }] });
        expect(JSON.stringify(body.errors)).toContain(says);
      }
    for (const change of [{ subject: '' }, { subject: 'x'.repeat(201) }, { paragraphs: [] }, { html: '<b>' }])
      await put({ ...own, ...change }).expect(400);
    await put({ ...own, subject: 'x'.repeat(1_000_000) }).expect((answer) => [400, 413].includes(answer.status));
    expect((await read()).body).toMatchObject({ own: null, version: 0 });
  });

  it('keeps the link that its reader needs', async () => {
    const at = 'message-texts/time_offered/en';
    const { body } = await put({ ...(await standard(at)), sms: 'A free time!' }, at).expect(422);
    expect(body.errors).toMatchObject([{ field: 'sms' }]);
  });

  it('is not written over by somebody who has not seen it', async () => {
    const { headers } = await read().expect(200);
    await put(own).expect(200);
    await put({ ...own, heading: 'Andet' })
      .set('if-match', headers['etag']!)
      .expect(412);
    expect((await read()).body.own.heading).toBe(own.heading);
    await reset().expect(204);
  });

  it('belongs to the office', async () => {
    const student = await stage.student();
    await call('put', student, path, own).expect(403);
    await call('put', stage.teacher, path, own).expect(403);
    await call('put', owner, path, own, other.schoolId).expect(404);
  });

  it('written by two at once for the first time is written twice, one after the other', async () => {
    const at = 'message-texts/lesson_moved/en';
    const text = await standard(at);
    const answers = await Promise.all([1, 2, 3].map((n) => put({ ...text, heading: `Moved ${n}` }, at)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await read(at)).body.version).toBe(3);
  });
});

describe('a preview', () => {
  it('shows the e-mail and the text message with an example, in the school’s name', async () => {
    const { body } = await preview({ text: { ...own, sms: '{{ sender.name }}: 🚗 {{ lesson.moment }}' } }).expect(200);
    expect(body.subject).toBe('Vi ses tirs. 1. dec. kl. 10.00');
    expect(body.html).toContain('Kære Sofie Holm &lt;3 &amp; co.');
    expect(body.text).toContain('Kære Sofie Holm <3 & co.');
    expect(body.sms).toMatchObject({
      body: 'Køreskolen nord: 🚗 tirs. 1. dec. kl. 10.00',
      encoding: 'ucs-2',
      segments: 1,
    });
    expect((await read()).body.own).toBeNull();
  });

  it('without words shows those that are in use', async () => {
    expect((await preview({}).expect(200)).body.subject).toMatch(/^Booket: Køretime B/);
    const mailOnly = await preview({}, 'message-texts/invoice_issued/da').expect(200);
    expect(mailOnly.body.sms).toBeNull();
  });
});

describe('a text that a later release cannot read', () => {
  it('is found by verify, and the standard one is sent', async () => {
    await put(own).expect(200);
    const verify = () => stage.inside(() => stage.get(OwnTextAudit).verify());
    expect(await verify()).toEqual([]);
    await test.em
      .fork()
      .execute(`UPDATE message_texts SET subject = '{{ lesson.gone | what }}' WHERE kind = 'lesson_booked'`);
    expect(await verify()).toEqual([expect.stringContaining('text lesson_booked in da: subject cannot be read')]);
    const student = await stage.student();
    await stage.book(student);
    await test.settle();
    expect(stage.arrivedAt(student).mails[0]!.subject).toMatch(/^Booket: /);
    await reset().expect(204);
  });
});
