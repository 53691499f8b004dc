import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import twilio from 'twilio';
import { type Sandbox, SANDBOX_CREDENTIALS } from '../sandbox.js';
import { startApplication } from '../testing/application.js';
import { startTestSandbox, twilioClient } from '../testing/clients.js';

describe('Twilio, spoken to by its SDK', () => {
  let sandbox: Sandbox;
  let client: twilio.Twilio;

  beforeAll(async () => {
    sandbox = await startTestSandbox();
    client = twilioClient(sandbox);
  });
  beforeEach(() => sandbox.reset());
  afterEach(() => expect(sandbox.violations).toEqual([]));
  afterAll(() => sandbox.close());

  const order = { to: '+4520123456', from: 'JustDriving', body: 'Din køretime er bekræftet.' };

  it('accepts a message and delivers it', async () => {
    const message = await client.messages.create(order);
    expect(message).toMatchObject({ status: 'queued', numSegments: '1', errorCode: null, direction: 'outbound-api' });
    expect(message.sid).toMatch(/^SM[0-9a-f]{32}$/);
    await expectStatus(message.sid, 'delivered');
    expect(sandbox.twilio.received()).toMatchObject([{ to: '+4520123456', body: order.body, segments: 1 }]);
  });

  it('sends through a messaging service', async () => {
    const messagingServiceSid = `MG${'0'.repeat(32)}`;
    const message = await client.messages.create({ to: order.to, body: order.body, messagingServiceSid });
    expect(message).toMatchObject({ status: 'accepted', from: null, messagingServiceSid });
  });

  it('tells the callback, signed as Twilio signs', async () => {
    const application = await startApplication();
    const statusCallback = `${application.url}/webhooks/twilio?message=1`;
    await client.messages.create({ ...order, statusCallback });
    const received = await application.hears(2);
    expect(received.map(({ body }) => new URLSearchParams(body).get('MessageStatus'))).toEqual(['sent', 'delivered']);
    for (const { headers, body } of received) {
      const signature = String(headers['x-twilio-signature']);
      const params = Object.fromEntries(new URLSearchParams(body));
      expect(twilio.validateRequest(SANDBOX_CREDENTIALS.twilioAuthToken, signature, statusCallback, params)).toBe(true);
    }
    await application.close();
  });

  it('reports an unreachable phone', async () => {
    const { sid } = await client.messages.create({ ...order, to: '+4500000001' });
    await expectStatus(sid, 'undelivered');
    expect((await client.messages(sid).fetch()).errorCode).toBe(30003);
  });

  it('lists by recipient and time, page by page', async () => {
    for (let i = 0; i < 5; i += 1) await client.messages.create({ ...order, body: `Nr. ${i}` });
    await client.messages.create({ ...order, to: '+4520999999' });
    const dateSentAfter = new Date(Date.now() - 60_000);
    const listed = await client.messages.list({ to: order.to, dateSentAfter, pageSize: 2 });
    expect(listed.map(({ body }) => body)).toEqual(['Nr. 4', 'Nr. 3', 'Nr. 2', 'Nr. 1', 'Nr. 0']);
    expect(await client.messages.list({ dateSentAfter: new Date(Date.now() + 60_000) })).toEqual([]);
  });

  it.each([
    ['a number without country', { to: '20123456' }, 21211],
    ['an invalid number', { to: '+15005550001' }, 21211],
    ['a land line', { to: '+15005550009' }, 21614],
    ['somebody who said STOP', { to: '+4500000000' }, 21610],
    ['an impossible sender', { from: '!' }, 21212],
    ['a sender of somebody else', { from: '+15005550007' }, 21606],
    ['an empty text', { body: '' }, 21602],
    ['a text of 1601 characters', { body: 'x'.repeat(1_601) }, 21617],
  ])('refuses %s', async (_what, change, code) => {
    await expect(client.messages.create({ ...order, ...change })).rejects.toMatchObject({ status: 400, code });
    expect(sandbox.twilio.received()).toEqual([]);
  });

  it('refuses a wrong token and an unknown message', async () => {
    await expect(twilioClient(sandbox, 'wrong').messages.create(order)).rejects.toMatchObject({
      status: 401,
      code: 20003,
    });
    await expect(client.messages(`SM${'0'.repeat(32)}`).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  });

  async function expectStatus(sid: string, status: string): Promise<void> {
    const deadline = Date.now() + 3_000;
    while (Date.now() < deadline && (await client.messages(sid).fetch()).status !== status) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect((await client.messages(sid).fetch()).status).toBe(status);
  }
});
