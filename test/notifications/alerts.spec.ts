import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { MessageSchema, RecordDelivery, type DeliveryNews } from '../../src/modules/notifications/index.js';
import type { MessageKind } from '../../src/modules/notifications/domain/message-kinds.js';
import { AlertMessages } from '../../src/modules/notifications/jobs/alert-messages.js';
import { newId, type Id } from '../../src/platform/values/id.js';
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
    await till.test.settle();
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
    await till.test.settle();
    const { items } = (await till.nord.owner.get('/disputes?limit=100').expect(200)).body;
    const dispute = items.find((each: { paymentId: Id }) => each.paymentId === paymentId);
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
