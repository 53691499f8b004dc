import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTransport, type Transporter } from 'nodemailer';
import { type Sandbox, startSandbox } from '../sandbox.js';

describe('The mail server, spoken to by nodemailer', () => {
  let sandbox: Sandbox;
  let transport: Transporter;

  beforeAll(async () => {
    sandbox = await startSandbox();
    transport = createTransport({ host: '127.0.0.1', port: sandbox.smtpPort, socketTimeout: 1_000 });
  });
  beforeEach(() => sandbox.reset());
  afterAll(async () => {
    transport.close();
    await sandbox.close();
  });

  const order = {
    from: 'Nordhavn Køreskole <post@nordhavn.example>',
    to: 'Søren Åkær <soeren@example.dk>',
    subject: 'Din køretime er bekræftet ✓',
    text: 'Hej Søren',
    html: '<p>Hej <b>Søren</b></p>',
    messageId: '<booking-1@nordhavn.example>',
  };

  it('keeps what was sent, decoded', async () => {
    await transport.sendMail({
      ...order,
      attachments: [{ filename: 'faktura.pdf', content: Buffer.from('%PDF-1.7'), contentType: 'application/pdf' }],
    });
    const [email] = sandbox.mail.mailbox.newestFirst();
    expect(email).toMatchObject({
      messageId: order.messageId,
      duplicateOf: null,
      envelope: { from: 'post@nordhavn.example', to: ['soeren@example.dk'] },
      from: order.from,
      to: [order.to],
      subject: order.subject,
      html: expect.stringContaining('<b>Søren</b>'),
      text: expect.stringContaining('Hej Søren'),
    });
    expect(email?.attachments[0]).toMatchObject({ name: 'faktura.pdf', type: 'application/pdf' });
    expect(email?.attachments[0]?.content.toString()).toBe('%PDF-1.7');
  });

  it('marks a second delivery of one message', async () => {
    await transport.sendMail(order);
    await transport.sendMail(order);
    const [second, first] = sandbox.mail.mailbox.newestFirst();
    expect(second?.duplicateOf).toBe(first?.id);
  });

  it('refuses a recipient who is not there', async () => {
    await expect(transport.sendMail({ ...order, to: 'bounce@example.dk' })).rejects.toMatchObject({
      responseCode: 550,
    });
  });

  it('refuses more than 10 MB', async () => {
    const attachments = [{ filename: 'big.bin', content: Buffer.alloc(11 * 1024 * 1024) }];
    await expect(transport.sendMail({ ...order, attachments })).rejects.toMatchObject({ responseCode: 552 });
    expect(sandbox.mail.mailbox.size).toBe(0);
  });

  it.each([
    ['error_500', 451],
    ['rate_limited', 450],
    ['garbage', 599],
  ] as const)('fails on demand: %s', async (kind, responseCode) => {
    sandbox.faults.add({ system: 'smtp', operation: 'send', kind });
    await expect(transport.sendMail(order)).rejects.toMatchObject({ responseCode });
    await transport.sendMail(order);
    expect(sandbox.mail.mailbox.size).toBe(1);
  });

  it.each([
    ['timeout_before', 0],
    ['timeout_after_acting', 1],
  ] as const)('falls silent on demand: %s', async (kind, delivered) => {
    sandbox.faults.add({ system: 'smtp', kind });
    await expect(transport.sendMail(order)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
    expect(sandbox.mail.mailbox.size).toBe(delivered);
  });

  it('asks for a login when it has one', async () => {
    const guarded = await startSandbox({ mailLogin: { username: 'school', password: 'secret' } });
    const as = (auth: { user: string; pass: string } | undefined): Transporter =>
      createTransport({ host: '127.0.0.1', port: guarded.smtpPort, ...(auth ? { auth } : {}) });
    await expect(as(undefined).sendMail(order)).rejects.toMatchObject({ responseCode: 530 });
    await expect(as({ user: 'school', pass: 'wrong' }).sendMail(order)).rejects.toMatchObject({ responseCode: 535 });
    await as({ user: 'school', pass: 'secret' }).sendMail(order);
    expect(guarded.mail.mailbox.size).toBe(1);
    await guarded.close();
  });
});
