import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTransport } from 'nodemailer';
import type { Stripe } from 'stripe';
import type { Sandbox } from '../sandbox.js';
import { lessonCheckout, startTestSandbox, stripeClient, twilioClient } from '../testing/clients.js';

/** An e-mail as it is read from the wire. */
const letter = (number: number) => ({
  headers: [],
  headerLines: [],
  subject: `Nr. ${number}`,
  text: 'x',
  attachments: [],
});

const now = (): number => Math.floor(Date.now() / 1_000);

describe('The pages for people', () => {
  let sandbox: Sandbox;
  let stripe: Stripe;

  beforeAll(async () => {
    sandbox = await startTestSandbox();
    stripe = stripeClient(sandbox);
  });
  beforeEach(() => sandbox.reset());
  afterAll(() => sandbox.close());

  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(sandbox.url + path, { headers });
  const text = async (path: string): Promise<string> => (await get(path)).text();
  const submit = (path: string, form: Record<string, string>): Promise<Response> =>
    fetch(sandbox.url + path, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });

  describe('the checkout', () => {
    const open = async (overrides: Partial<Stripe.Checkout.SessionCreateParams> = {}): Promise<string> =>
      `/checkout/${(await stripe.checkout.sessions.create(lessonCheckout(overrides))).id}`;

    it('says what is paid, to whom and how much, in the language of the session', async () => {
      const danish = await text(await open({ branding_settings: { display_name: 'Nordhavn <Køreskole>' } }));
      expect(danish).toContain('lang="da"');
      expect(danish).toContain('Nordhavn &lt;Køreskole&gt;');
      expect(danish).toContain('Køretime, 45 min.');
      expect(danish.replaceAll('\u00a0', ' ')).toContain('700,00 kr.');
      expect(await text(await open({ locale: 'en' }))).toContain('Card number');
    });

    it('sends the customer who paid to the success page', async () => {
      const path = await open();
      const answer = await submit(path, { card: '4242 4242 4242 4242' });
      expect(answer.status).toBe(303);
      expect(answer.headers.get('location')).toBe(`http://127.0.0.1:3000/paid?session=${path.split('/')[2]}`);
      expect(await text(path)).toContain('Betalingen er gennemført');
    });

    it('lets the customer try again after a decline', async () => {
      const path = await open();
      const declined = await submit(path, { test_card: '4000000000000002' });
      expect(declined.status).toBe(402);
      expect(await declined.text()).toContain('Betalingen blev afvist.');
      expect((await submit(path, { card: '1234' })).status).toBe(402);
      expect((await submit(path, { method: 'mobilepay' })).status).toBe(303);
    });

    it.each([
      ['approve', 303],
      ['reject', 402],
    ])('asks the bank, which says: %s', async (answer, status) => {
      const path = await open();
      const asked = await submit(path, { card: '4000002500003155' });
      expect(asked.headers.get('location')).toBe(`${path}/bank`);
      expect(await text(`${path}/bank`)).toContain('Godkend betalingen');
      expect((await submit(`${path}/bank`, { answer })).status).toBe(status);
    });

    it('knows nothing of other sessions', async () => expect((await get('/checkout/cs_none')).status).toBe(404));
  });

  describe('a subscription', () => {
    async function subscribe(trialDays?: number): Promise<Stripe.Subscription> {
      const product = await stripe.products.create({ name: 'Pro <plan>' });
      const { id: price } = await stripe.prices.create({
        product: product.id,
        currency: 'dkk',
        unit_amount: 12_500,
        recurring: { interval: 'month' },
      });
      const { id } = await stripe.checkout.sessions.create({
        mode: 'subscription',
        line_items: [{ price, quantity: 2 }],
        success_url: 'http://127.0.0.1:3000/done',
        locale: 'da',
        ...(trialDays ? { subscription_data: { trial_period_days: trialDays } } : {}),
      });
      expect(await text(`/checkout/${id}`)).toContain('Pro &lt;plan&gt; × 2');
      expect((await submit(`/checkout/${id}`, { test_card: '4000000000000002' })).status).toBe(402);
      const asked = await submit(`/checkout/${id}`, { card: '4000002500003155' });
      expect(asked.headers.get('location')).toBe(`/checkout/${id}/bank`);
      expect((await submit(`/checkout/${id}/bank`, { answer: 'approve' })).status).toBe(303);
      const session = await stripe.checkout.sessions.retrieve(id, { expand: ['subscription'] });
      return session.subscription as Stripe.Subscription;
    }
    const control = async (path: string, body: object): Promise<Record<string, unknown>> => {
      const headers = { 'content-type': 'application/json' };
      const init = { method: 'POST', headers, body: JSON.stringify(body) };
      return (await (await fetch(`${sandbox.url}/_sandbox/stripe${path}`, init)).json()) as Record<string, unknown>;
    };

    it('begins on the page, and is looked after on the portal', async () => {
      const { id, customer, status } = await subscribe();
      expect(status).toBe('active');
      const { url } = await stripe.billingPortal.sessions.create({
        customer: customer as string,
        return_url: 'http://127.0.0.1:3000/back',
        locale: 'da',
      });
      const path = url.slice(sandbox.url.length);
      expect(await text(path)).toContain('Skift kort');
      expect((await submit(path, { test_card: '4000000000000002' })).status).toBe(402);
      expect((await submit(path, { test_card: '4000000000000341' })).status).toBe(303);
      await control(`/subscriptions/${id}/advance`, { days: 32 });
      const [open] = (await stripe.invoices.list({ subscription: id, status: 'open' })).data;
      const page = open!.hosted_invoice_url!.slice(sandbox.url.length);
      expect(await text(path)).toContain(page);
      expect((await submit(page, { test_card: '4000000000009995' })).status).toBe(402);
      expect((await submit(page, { card: '4242424242424242' })).status).toBe(303);
      expect(await text(page)).toContain('paid');
      expect((await stripe.subscriptions.retrieve(id)).status).toBe('active');
      expect((await get('/billing/portal/bps_none')).status).toBe(404);
    });

    it('is moved through its life by script', async () => {
      const { id, customer, status } = await subscribe(14);
      expect(status).toBe('trialing');
      await control(`/customers/${customer as string}/card`, { card: '4000000000000341' });
      await control(`/subscriptions/${id}/settings`, { afterRetries: 'canceled' });
      expect(await control(`/subscriptions/${id}/advance`, { days: 15 })).toMatchObject({
        subscription: { status: 'past_due' },
      });
      expect(await control(`/subscriptions/${id}/advance`, { days: 15 })).toMatchObject({
        subscription: { status: 'canceled', cancellation_details: { reason: 'payment_failed' } },
      });
      const [open] = (await stripe.invoices.list({ subscription: id, status: 'open' })).data;
      expect(open).toMatchObject({ amount_due: 25_000, attempt_count: 4, next_payment_attempt: null });
      expect(await control(`/invoices/${open!.id}/give-up`, { state: 'uncollectible' })).toMatchObject({
        status: 'uncollectible',
      });
      expect(await control('/subscriptions/sub_none/advance', { days: 1 })).toMatchObject({
        error: expect.any(String),
      });
    });

    it.each<[string, Partial<Stripe.Checkout.SessionCreateParams>, object]>([
      ['a trial that ends tomorrow', { subscription_data: { trial_end: now() + 86_400 } }, { statusCode: 400 }],
      ['nothing that recurs', { line_items: lessonCheckout().line_items! }, { param: 'line_items' }],
      ['an unknown price', { line_items: [{ price: 'price_none' }] }, { code: 'resource_missing' }],
      ['a payment’s own words', { payment_intent_data: { description: 'x' } }, { param: 'payment_intent_data' }],
    ])('does not begin with %s', async (_what, wrong, error) => {
      const { items } = await subscribe();
      const session = { mode: 'subscription' as const, success_url: 'http://127.0.0.1:3000/done' };
      const line_items = [{ price: items.data[0]!.price.id, quantity: 1 }];
      await expect(stripe.checkout.sessions.create({ ...session, line_items, ...wrong })).rejects.toMatchObject(error);
    });
  });

  describe('the mailbox', () => {
    beforeEach(async () => {
      await twilioClient(sandbox).messages.create({ to: '+4520123456', from: 'Nordhavn', body: 'Husk din <time>' });
      const transport = createTransport({ host: '127.0.0.1', port: sandbox.smtpPort });
      await transport.sendMail({
        from: 'post@nordhavn.example',
        to: 'ida@example.dk',
        subject: '<script>alert(1)</script>',
        html: '<html><head></head><body><a href="https://example.dk">Vælg kodeord</a></body></html>',
        attachments: [{ filename: 'faktura 1.pdf', content: Buffer.from('%PDF') }],
      });
    });

    it('shows what was sent, escaped, and filters it', async () => {
      const all = await text('/mailbox');
      expect(all).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
      expect(all).toContain('Husk din &lt;time&gt;');
      expect(await text('/mailbox?kind=sms')).not.toContain('&lt;script&gt;');
      expect(await text('/mailbox?to=ida@example.dk')).not.toContain('Husk din');
      expect(await text('/mailbox?q=husk')).toContain('1 SMS');
    });

    it('finds messages by words in any order, and by the names of their files', async () => {
      const found = async (query: string) => /(\d+) of 2</.exec(await text(`/mailbox?q=${query}`))?.[1];
      expect(await found('IDA+post@nordhavn')).toBe('1');
      expect(await found('faktura')).toBe('1');
      expect(await found('nordhavn')).toBe('2');
      expect(await text('/mailbox?q=faktura+husk')).toContain('Nothing fits');
    });

    it('shows each SMS of a long text, and a page at a time of many', async () => {
      const client = twilioClient(sandbox);
      await client.messages.create({ to: '+4520123456', from: 'Nordhavn', body: `${'å'.repeat(153)}<b>` });
      expect(await text('/mailbox')).toMatch(/156 characters in GSM-7, sent as 1 SMS/);
      await client.messages.create({ to: '+4520123456', from: 'Nordhavn', body: `${'å'.repeat(160)}<b>` });
      const long = await text('/mailbox');
      expect(long).toContain(`<pre dir="auto">${'å'.repeat(7)}&lt;b&gt;</pre>`);
      expect(long).toContain('sent as 2 SMS');
      for (let i = 0; i < 97; i++)
        sandbox.mail.mailbox.deliver({ from: 'a@b.example', to: ['c@d.example'] }, letter(i));
      expect(await text('/mailbox')).toContain('skip=100');
      const second = await text('/mailbox?skip=100');
      expect(second).toContain('Newer');
      expect(second).not.toContain('Older');
      expect(second).toContain('1 SMS');
    });

    it('shows a PDF in the browser and hands out what might run', async () => {
      const name = 'note.svg';
      const content = new TextEncoder().encode('<svg onload="alert(1)"/>').buffer;
      const svg = { filename: name, mimeType: 'image/svg+xml', disposition: 'attachment' as const, content };
      const { id } = sandbox.mail.mailbox.deliver({ from: '', to: [] }, { ...letter(0), attachments: [svg] });
      const answer = await get(`/mailbox/emails/${id}/attachments/0`);
      expect(answer.headers.get('content-type')).toBe('application/octet-stream');
      expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
      const [first] = sandbox.mail.mailbox.newestFirst().slice(1);
      const pdf = await get(`/mailbox/emails/${first?.id}/attachments/0`);
      expect(pdf.headers.get('content-type')).toBe('application/pdf');
      expect(pdf.headers.get('content-disposition')).toMatch(/^inline/);
    });

    it('shows an e-mail in a box without scripts', async () => {
      const [email] = sandbox.mail.mailbox.newestFirst();
      const answer = await get(`/mailbox/emails/${email?.id}/html`);
      expect(answer.headers.get('content-security-policy')).toMatch(/^sandbox .*default-src 'none'/);
      expect(await answer.text()).toContain('<head><base target="_blank">');
      const attachment = await get(`/mailbox/emails/${email?.id}/attachments/0`);
      expect(attachment.headers.get('content-disposition')).toContain('faktura%201.pdf');
      expect(await attachment.text()).toBe('%PDF');
    });

    it('tells it as JSON', async () => {
      const read = async (query: string): Promise<{ kind: string }[]> =>
        ((await (await get(`/_sandbox/messages${query}`)).json()) as { messages: { kind: string }[] }).messages;
      expect((await read('')).map(({ kind }) => kind)).toEqual(['email', 'sms']);
      expect(await read('?to=IDA@example.dk')).toMatchObject([{ attachments: [{ name: 'faktura 1.pdf', bytes: 4 }] }]);
      expect(await read('?kind=sms')).toMatchObject([{ to: ['+4520123456'], text: 'Husk din <time>', segments: 1 }]);
      expect(await read(`?since=${new Date(Date.now() + 1_000).toISOString()}`)).toEqual([]);
      await fetch(`${sandbox.url}/_sandbox/messages`, { method: 'DELETE' });
      expect(await read('')).toEqual([]);
    });
  });

  it('pays by script, and shows payments and webhooks', async () => {
    const { id } = await stripe.checkout.sessions.create(lessonCheckout());
    const pay = async (body: object): Promise<unknown> => {
      const answer = await fetch(`${sandbox.url}/_sandbox/stripe/sessions/${id}/pay`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return answer.json();
    };
    expect(await pay({ card: '4000002500003155', approve: false })).toMatchObject({ attempt: 'declined' });
    expect(await pay({ card: '4242424242424242' })).toMatchObject({ attempt: 'paid', session: { status: 'complete' } });
    expect(await (await get(`/_sandbox/stripe/sessions/${id}`)).json()).toMatchObject({ session: { id } });
    const dashboard = await text('/stripe');
    expect(dashboard).toContain('checkout.session.completed');
    expect(dashboard).toContain('nowhere to go');
    expect(await text('/')).toContain('payments');
  });
});
