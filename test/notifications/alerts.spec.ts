import { RequestContext } from '@mikro-orm/core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { accessTokenOf } from '../../src/modules/identity/testing/sign-in.js';
import { MessageSchema, RecordDelivery, type DeliveryNews } from '../../src/modules/notifications/index.js';
import type { MessageKind } from '../../src/modules/notifications/domain/message-kinds.js';
import { AlertMessages } from '../../src/modules/notifications/jobs/alert-messages.js';
import { DocumentMessages } from '../../src/modules/notifications/jobs/document-messages.js';
import { bin, globalQuery } from '../../src/platform/database/query.js';
import { addDays, atLocal } from '../../src/platform/values/zone.js';
import { CreatePlatformAdmin } from '../../src/modules/identity/index.js';
import { ScheduleRunner } from '../../src/platform/schedules/schedule-runner.js';
import { NoteDifference } from '../../src/modules/finance/reconciliation/use-cases/note-difference.js';
import { inTransaction } from '../../src/platform/database/transaction.js';
import { Money } from '../../src/platform/values/money.js';
import { newId, type Id } from '../../src/platform/values/id.js';
import { until } from '../support/until.js';
import { Till } from '../e2e/till.js';

let till: Till;

beforeAll(async () => {
  till = await Till.open();
});
afterEach(() => till.tidy());
afterAll(() => till?.close());

const get = <T>(type: abstract new (...args: never[]) => T): T => till.test.app.get(type, { strict: false });

/** What a school's people were told of a kind, oldest first. */
const told = (kind: MessageKind, school = till.nord) =>
  school.run(() => till.test.em.fork().find(MessageSchema, { kind }, { orderBy: { id: 'asc' } }));

const mailsTo = (email: string) =>
  [...till.test.sandbox.mail.mailbox.values()].filter(({ envelope }) => envelope.to.includes(email));

const inbox = async () => (await till.nord.owner.get('/inbox').expect(200)).body.items as { kind: string }[];

const chargeOf = (paymentId: Id) =>
  [...till.test.sandbox.stripe.account.charges.values()].find(({ metadata }) => metadata['payment_id'] === paymentId)!;

describe('a payment that a customer’s bank took back', () => {
  it('is told to the owners at once, and once', async () => {
    const { paymentId } = await till.paid();
    await till.test.sandbox.stripe.dispute(chargeOf(paymentId).id);
    // The webhook comes when it comes.
    await until(async () => (await told('school_dispute_opened'))[0]?.state === 'sent');
    expect(await told('school_dispute_opened')).toMatchObject([{ subjectId: paymentId, state: 'sent' }]);
    expect(await told('school_dispute_opened', till.syd)).toEqual([]);
    const mail = mailsTo('owner@nord.example').findLast(({ subject }) => subject.startsWith('En betaling'));
    expect(mail?.subject).toBe('En betaling på 650,00 kr. er taget tilbage');
    expect(mail?.text).toContain('Svar på indsigelsen hos udbyderen');
    expect(await inbox()).toContainEqual(
      expect.objectContaining({ kind: 'school_dispute_opened', subject: 'payment', subjectId: paymentId }),
    );
  });

  it('is told once by two workers, and not when it was won meanwhile', async () => {
    const { paymentId } = await till.paid();
    const { stripe } = till.test.sandbox;
    await stripe.decide(await stripe.dispute(chargeOf(paymentId).id), 'won');
    const find = async () => {
      const { items } = (await till.nord.owner.get('/disputes?limit=100').expect(200)).body;
      return items.find(
        (each: { paymentId: Id; state: string }) => each.paymentId === paymentId && each.state === 'won',
      );
    };
    await until(async () => (await find()) !== undefined);
    const dispute = await find();
    await till.test.settle();
    const known = (await told('school_dispute_opened')).length;
    const event = {
      id: newId(),
      schoolId: till.nord.id,
      occurredAt: till.test.clock.now(),
      payload: { disputeId: dispute.id as Id, paymentId },
    };
    await Promise.all([1, 2, 3].map(() => till.nord.run(() => get(AlertMessages).disputed(event))));
    await till.test.settle();
    const added = (await told('school_dispute_opened')).slice(known);
    expect(added).toMatchObject([{ state: 'dropped', reason: 'the dispute was won before the message went out' }]);
  });
});

describe('an invoice that came back', () => {
  const tell = (message: { id: Id }, state: DeliveryNews['state']) =>
    get(RecordDelivery).execute('smtp', 'email', {
      about: 'message',
      messageId: message.id,
      providerRef: `ref-${message.id}`,
      isHard: false,
      address: '',
      reason: state,
      state,
      at: till.test.clock.now(),
    });

  it('is told to the owners, once for a message', async () => {
    const { number, invoiceId } = await till.invoiced();
    await till.test.settle();
    const message = (await told('invoice_issued')).find(({ subjectId }) => subjectId === invoiceId)!;
    await till.nord.run(() => tell(message, 'delivered'));
    expect(await told('school_invoice_bounced')).toEqual([]);
    await Promise.all([1, 2, 3].map(() => till.nord.run(() => tell(message, 'bounced'))));
    await till.nord.run(() => tell(message, 'bounced'));
    await till.test.settle();
    expect(await told('school_invoice_bounced')).toMatchObject([{ subjectId: invoiceId, state: 'sent' }]);
    const mails = mailsTo('owner@nord.example').filter(({ subject }) => subject === `Faktura ${number} kom ikke frem`);
    expect(mails).toHaveLength(1);
    expect(await inbox()).toContainEqual(
      expect.objectContaining({ heading: `Faktura ${number} kom ikke frem`, subject: 'invoice', subjectId: invoiceId }),
    );
  });

  it('is nothing of other messages', async () => {
    const { paymentId } = await till.paid();
    const known = (await told('school_invoice_bounced')).length;
    const receipt = (await told('payment_received')).find(({ subjectId }) => subjectId === paymentId)!;
    await till.nord.run(() => tell(receipt, 'bounced'));
    await till.test.settle();
    expect(await told('school_invoice_bounced')).toHaveLength(known);
  });
});

describe('papers that expire', () => {
  const monday = '2027-06-07';
  const zone = 'Europe/Copenhagen';
  const run = async (at: Date) => {
    till.test.clock.set(at);
    await RequestContext.create(till.test.em, () => get(DocumentMessages).tell(at));
    await till.test.settle();
  };
  const on = (day: string) => run(atLocal(day, '09:25', zone));
  const upload = async (
    { id, caller }: { id: Id; caller: { userId: Id } },
    expiresOn: string,
    { kind = 'first_aid_proof', school = till.nord } = {},
  ) => {
    const token = await accessTokenOf(till.test.app, caller.userId);
    const path = `/v1/schools/${school.id}/students/${id}/documents?kind=${kind}&expiresOn=${expiresOn}`;
    const request = till.test.http.post(path).set('authorization', `Bearer ${token}`);
    await request.attach('file', Buffer.from('%PDF-1.7'), 'a.pdf').expect(201);
  };

  it('are told to owners and office once a week, by their number, without those that were replaced', async () => {
    const office = await till.nord.join('kontor@nord.example', 'office');
    await till.nord.join('owner@nord.example', 'office');
    const [one, two, three] = [await till.newStudent(), await till.newStudent(), await till.newStudent()];
    await upload(one, '2027-07-01');
    await upload(one, '2027-07-02', { kind: 'medical_form' });
    await upload(two, '2027-07-07');
    await upload(two, '2027-07-08', { kind: 'contract' });
    await upload(three, '2027-07-01');
    await upload(three, '2029-07-01');
    await on(monday);
    const papers = () => told('school_documents_expiring');
    expect((await papers()).map(({ state }) => state)).toEqual(['sent', 'sent']);
    expect((await papers()).map(({ userId }) => userId).toSorted()).toEqual(
      [office.userId, till.nord.owner.userId].toSorted(),
    );
    const mail = mailsTo('kontor@nord.example').at(-1)!;
    expect(mail.subject).toBe('3 papirer udløber inden 7. juli 2027');
    expect(mail.text).toContain('- Førstehjælpsbeviser: 2\n- Lægeerklæringer: 1');
    const at = till.test.clock.now();
    const again = () => RequestContext.create(till.test.em, () => get(DocumentMessages).tell(at));
    await Promise.all([again(), again()]);
    await on(addDays(monday, 1));
    await on(addDays(monday, 6));
    expect(await papers()).toHaveLength(2);
    await on(addDays(monday, 7));
    expect(await papers()).toHaveLength(4);
    expect(await told('school_documents_expiring', till.syd)).toEqual([]);
  });

  it('are counted by the day it is where the school is', async () => {
    const there = sql`UPDATE schools SET zone = 'America/New_York' WHERE id = ${bin(till.syd.id)}`;
    await there.execute(globalQuery<object>(till.test.em.fork()));
    const student = await till.syd.enrol('ny@syd.example');
    await upload(student, '2027-09-30', { school: till.syd });
    const news = async () => [
      (await told('document_expiring', till.syd)).filter(({ channel }) => channel === 'email').length,
      (await told('school_documents_expiring', till.syd)).length,
    ];
    await run(atLocal('2027-08-31', '03:00', zone));
    expect(await news()).toEqual([0, 0]);
    await run(atLocal('2027-08-31', '09:25', zone));
    expect(await news()).toEqual([1, 1]);
  });
});

describe('deliveries that were given up', () => {
  const handler = 'notifications.send-receipt';
  const db = () => globalQuery<object>(till.test.em.fork());
  const run = () => till.test.app.get(ScheduleRunner).runNow('notifications.dead-letters');
  const mails = () => mailsTo('drift@platform.example');
  /** As many as there are deliveries of that handler, at most so many. */
  const giveUp = (number: number, at: Date) =>
    sql`UPDATE outbox_deliveries SET state = 'dead', due_at = ${at} WHERE handler = ${handler} AND state = 'done' LIMIT ${number}`.execute(
      db(),
    );
  const passed = (minutes: number) => new Date(till.test.clock.now().getTime() - minutes * 60_000);

  it('are told to the platform’s administrators by handler, once though two workers look, and no old ones again', async () => {
    const admin = { email: 'drift@platform.example', name: 'Dorte Drift', password: 'en lang og god adgangskode 77' };
    await RequestContext.create(till.test.em, () => get(CreatePlatformAdmin).execute(admin));
    for (let each = 0; each < 4; each++) await till.paid();
    await run();
    await till.test.settle();
    expect(mails()).toEqual([]);

    await giveUp(2, passed(5));
    await Promise.all([run(), run()]);
    await run();
    await till.test.settle();
    expect(mails().map(({ subject }) => subject)).toEqual(['2 leveringer opgivet']);
    expect(mails()[0]!.text).toContain(`- ${handler}: 2`);
    expect(mailsTo('owner@nord.example').filter(({ subject }) => subject.includes('opgivet'))).toEqual([]);

    till.test.clock.set(new Date(till.test.clock.now().getTime() + 3_600_000));
    await giveUp(1, passed(10));
    await run();
    await till.test.settle();
    expect(mails().map(({ subject }) => subject)).toEqual(['2 leveringer opgivet', '1 levering opgivet']);
    await sql`UPDATE outbox_deliveries SET state = 'done' WHERE state = 'dead'`.execute(db());
  });
});

describe('differences from the gateway’s books', () => {
  const run = () => till.test.app.get(ScheduleRunner).runNow('notifications.differences');
  const differ = (subjectRef: string, differs = true) =>
    till.nord.run(() =>
      inTransaction(till.test.em, () =>
        get(NoteDifference).is(differs, {
          provider: 'stripe',
          kind: 'other_movement',
          subjectRef,
          paymentId: null,
          here: null,
          there: Money.of(100),
        }),
      ),
    );
  const on = async (day: string) => {
    till.test.clock.set(atLocal(day, '08:05', 'Europe/Copenhagen'));
    await Promise.all([run(), run()]);
    await run();
    await till.test.settle();
    return (await told('school_differences_found')).map(({ state }) => state);
  };

  it('are told to the owners by their number, once a day at most, and only when there is a new one', async () => {
    till.test.clock.set(atLocal('2027-10-04', '07:00', 'Europe/Copenhagen'));
    await differ('txn_alert_1');
    await differ('txn_alert_2');
    expect(await on('2027-10-04')).toEqual(['sent']);
    expect(mailsTo('owner@nord.example').at(-1)!.subject).toBe('Afstemning: 2 forskelle');
    till.test.clock.set(atLocal('2027-10-04', '12:00', 'Europe/Copenhagen'));
    await differ('txn_alert_3');
    expect(await on('2027-10-04')).toEqual(['sent']);
    await differ('txn_alert_1', false);
    expect(await on('2027-10-05')).toEqual(['sent', 'sent']);
    expect(mailsTo('owner@nord.example').at(-1)!.text).toContain('- Andre posteringer hos udbyderen: 2');
    expect(await on('2027-10-06')).toEqual(['sent', 'sent']);
    expect(await told('school_differences_found', till.syd)).toEqual([]);
    for (const ref of ['txn_alert_2', 'txn_alert_3']) await differ(ref, false);
  });
});
