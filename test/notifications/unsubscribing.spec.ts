import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type RawBuilder, sql } from 'kysely';
import { MarketingConsent } from '../../src/modules/notifications/choices/domain/marketing-consent.js';
import { UnsubscribeLinks } from '../../src/modules/notifications/choices/unsubscribe-links.js';
import { ReadersChoices } from '../../src/modules/notifications/choices/use-cases/readers-choices.js';
import { ChoiceAudit } from '../../src/modules/notifications/choices/queries/choice-audit.js';
import { QueueMessages } from '../../src/modules/notifications/use-cases/queue-messages.js';
import { bin, globalQuery } from '../../src/platform/database/query.js';
import { inTransaction } from '../../src/platform/database/transaction.js';
import { newId } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { type Person, Stage } from './stage.js';

const advert = 'announcement_marketing';

let test: TestApp;
let stage: Stage;
let other: Stage;

beforeAll(async () => {
  test = await startTestApp();
  test.clock.set('2027-03-01T11:00:00Z');
  [stage, other] = [await Stage.open(test, 'afmeld'), await Stage.open(test, 'anden')];
});
beforeEach(() => test.sandbox.reset());
afterAll(() => test.close());

/** Reminds somebody of a lesson, and gives back the path that his e-mail's link leads to. */
async function remind(student: Person): Promise<string> {
  const { id, startsAt } = await stage.book(student);
  const order = { kind: 'lesson_reminder' as const, userId: student.userId, subjectId: id, cause: newId() };
  const params = { startsAt: startsAt.toISOString() };
  await stage.inside(() => inTransaction(test.em, () => stage.get(QueueMessages).execute([{ ...order, params }])));
  await test.settle();
  const texts = stage.arrivedAt(student).mails.map(({ text }) => text ?? '');
  return /https?:\/\/[^/\s]+(\/unsubscribe\/[\w-]+)/.exec(texts.join('\n'))![1]!;
}

const remindersTo = async (student: Person) =>
  (await stage.messagesTo(student))
    .filter(({ kind }) => kind === 'lesson_reminder')
    .map(({ channel, state, reason }) => `${channel} ${state} ${reason ?? ''}`.trim());

describe('the link of an optional e-mail', () => {
  it('asks before it switches anything off: mail scanners look at every link', async () => {
    const student = await stage.student();
    const path = await remind(student);
    const { text, headers } = await test.http.get(path).expect(200);
    expect(text).toContain('Vil du ikke have flere e-mails om påmindelser?');
    expect(text).not.toContain('Freja');
    expect(headers['cache-control']).toBe('no-store');
    const { body } = await stage.read(student, 'me/message-preferences').expect(200);
    expect(body.topics).toContainEqual({ topic: 'reminders', email: true, sms: true, mustKeep: 'nothing' });
  });

  it('switches that topic off on that channel with one POST, as often as it is sent', async () => {
    const student = await stage.student();
    const path = await remind(student);
    for (let n = 0; n < 2; n++) {
      const { text } = await test.http.post(path).type('form').send('List-Unsubscribe=One-Click').expect(200);
      expect(text).toContain('Du får ikke flere e-mails om påmindelser');
    }
    await remind(student);
    expect(await remindersTo(student)).toEqual([
      'email sent',
      'sms sent',
      'email dropped the reader has switched off email for reminders',
      'sms sent',
    ]);
  });

  it('stands in no e-mail that everybody must get', async () => {
    const student = await stage.student();
    await stage.book(student);
    await test.settle();
    const [mail] = stage.arrivedAt(student).mails;
    expect(mail!.subject).toMatch(/^Booket/);
    expect(`${mail!.text}${mail!.html}`).not.toContain('/unsubscribe/');
  });

  it('is worth nothing when it is forged, cut, or of a topic that must stay on', async () => {
    const student = await stage.student();
    const path = await remind(student);
    const tail = path.at(-1) === 'A' ? 'B' : 'A';
    const links = stage.get(UnsubscribeLinks);
    const must = { schoolId: stage.schoolId, userId: student.userId, topic: 'lessons', channel: 'email' } as const;
    const lessons = new URL(links.issue(must)).pathname;
    for (const wrong of [path.slice(0, -4), `${path.slice(0, -3)}${tail}${path.slice(-2)}`, '/unsubscribe/x', lessons])
      await test.http.post(wrong).expect(404);
  });
});

describe('consent to advertisements', () => {
  const given = { channel: 'email', decision: 'given', source: 'app', wording: '2026-11' };
  const marketing = async (student: Person) =>
    (await stage.read(student, 'me/message-preferences').expect(200)).body.marketing;

  it('is nobody’s until he gives it, to words that he was shown', async () => {
    const student = await stage.student();
    expect(await marketing(student)).toEqual([
      { channel: 'email', consented: false, decidedAt: null, source: null },
      { channel: 'sms', consented: false, decidedAt: null, source: null },
    ]);
    for (const wording of [undefined, '1999-01']) {
      const { body } = await stage.post(student, 'me/consents', { ...given, wording }).expect(422);
      expect(body).toMatchObject({ code: 'consent.wording_unknown', errors: [{ field: 'wording' }] });
    }
    const { body } = await stage.post(student, 'me/consents', given).expect(201);
    expect(body).toMatchObject({ ...given, recordedBy: student.userId, decidedAt: '2027-03-01T11:00:00.000Z' });
    expect(await marketing(student)).toMatchObject([{ consented: true }, { consented: false }]);
  });

  it('is withdrawn by the link, once, and the history keeps it all', async () => {
    const student = await stage.student();
    const owner = await stage.owner();
    await stage.post(owner, `students/${student.id}/consents`, { ...given, source: 'paper' }).expect(201);
    const link = { schoolId: stage.schoolId, userId: student.userId, topic: 'marketing', channel: 'email' } as const;
    const path = new URL(stage.get(UnsubscribeLinks).issue(link)).pathname;
    for (let n = 0; n < 2; n++) await test.http.post(path).type('form').send('List-Unsubscribe=One-Click').expect(200);
    const { body } = await stage.read(owner, `students/${student.id}/consents`).expect(200);
    expect(body.items).toMatchObject([
      { decision: 'withdrawn', source: 'link', wording: null, recordedBy: null },
      { decision: 'given', source: 'paper', wording: '2026-11' },
    ]);
    expect(await marketing(student)).toMatchObject([{ consented: false, source: 'link' }, { consented: false }]);
  });

  it('says where it was really given: a paper is the office’s, the app his own', async () => {
    const student = await stage.student();
    const owner = await stage.owner();
    const refused = { code: 'consent.source_not_yours', errors: [{ field: 'source' }] };
    const asPaper = { ...given, source: 'paper' };
    const { body: claimed } = await stage.post(student, 'me/consents', asPaper).expect(422);
    expect(claimed).toMatchObject(refused);
    await stage.post(student, `students/${student.id}/consents`, asPaper).expect(422);
    const { body: forged } = await stage.post(owner, `students/${student.id}/consents`, given).expect(422);
    expect(forged).toMatchObject(refused);
    expect(await marketing(student)).toMatchObject([{ consented: false }, { consented: false }]);
  });

  it('is not the teacher’s to write down, and another school’s student is none', async () => {
    const student = await stage.student();
    await stage.post(stage.teacher, `students/${student.id}/consents`, given).expect(403);
    await other.post(await other.owner(), `students/${student.id}/consents`, given).expect(404);
    await other.read(await other.owner(), `students/${student.id}/consents`).expect(404);
  });

  it('is asked for at the moment of sending', async () => {
    const student = await stage.student();
    const verdict = async () => {
      const message = { id: newId(), schoolId: stage.schoolId, userId: student.userId, params: {} };
      const decided = await stage
        .get(ReadersChoices)
        .decide([{ ...message, kind: advert, channel: 'email' }], new Map());
      return decided.get(message.id);
    };
    const refused = { reason: 'the reader has not agreed to advertisements on this channel' };
    expect(await verdict()).toMatchObject(refused);
    await stage.post(student, 'me/consents', given).expect(201);
    expect(await verdict()).toBe('go');
    await stage.post(student, 'me/consents', { ...given, decision: 'withdrawn' }).expect(201);
    expect(await verdict()).toMatchObject(refused);
  });

  it('is never rewritten', async () => {
    const student = await stage.student();
    await stage.post(student, 'me/consents', given).expect(201);
    const rewrite = sql`UPDATE marketing_consents SET decision = 'withdrawn', wording = NULL`;
    await expect(rewrite.execute(globalQuery<object>(test.em.fork()))).rejects.toThrow(/append-only/);
    const kept = await stage.inside(() => test.em.fork().find(MarketingConsent, { userId: student.userId }));
    expect(kept).toMatchObject([{ decision: 'given' }]);
  });
});

describe('verify', () => {
  const findings = () => stage.inside(() => stage.get(ChoiceAudit).verify());
  const run = (statement: RawBuilder<unknown>) => statement.execute(globalQuery<object>(test.em.fork()));

  it('finds somebody who hears nothing of what he must hear', async () => {
    const student = await stage.student();
    const topics = [{ topic: 'lessons', email: true, sms: false }];
    const choice = test.http.put(`/v1/schools/${stage.schoolId}/me/message-preferences`);
    await choice.set('authorization', `Bearer ${student.token}`).send({ topics }).expect(200);
    expect(await findings()).toEqual([]);
    const his = sql`user_id = ${bin(student.userId)} AND channel = 'email'`;
    await run(sql`UPDATE message_preferences SET is_on = 0 WHERE ${his} AND topic IN ('lessons', 'money')`);
    expect(await findings()).toEqual([
      `what somebody must hear has a channel left on: ${student.userId} lessons`,
      `papers go by e-mail: ${student.userId} money`,
    ]);
    await run(sql`UPDATE message_preferences SET is_on = 1 WHERE ${his}`);
  });

  it('finds an advertisement that went to somebody who had not agreed then', async () => {
    const student = await stage.student();
    await stage.book(student);
    await test.settle();
    const { id } = (await stage.messagesTo(student))[0]!;
    await run(sql`UPDATE messages SET kind = ${advert} WHERE id = ${bin(id)}`);
    const found = [`an advertisement went to somebody who had agreed: ${id} ${advert} email`];
    expect(await findings()).toEqual(found);
    const consent = (decision: 'given' | 'withdrawn', at: string, wording: string | null) =>
      run(sql`INSERT INTO marketing_consents (id, school_id, user_id, channel, decision, source, wording, decided_at)
        VALUES (${bin(newId())}, ${bin(stage.schoolId)}, ${bin(student.userId)}, 'email', ${decision}, 'paper', ${wording}, ${at})`);
    await consent('given', '2027-01-01 00:00:00', '2026-11');
    expect(await findings()).toEqual([]);
    await consent('withdrawn', '2027-02-01 00:00:00', null);
    expect(await findings()).toEqual(found);
  });
});
