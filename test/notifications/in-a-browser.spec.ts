import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Sandbox } from '../../sandbox/sandbox.js';
import { startTestSandbox, twilioClient } from '../../sandbox/testing/clients.js';
import { messageKindNames } from '../../src/modules/notifications/domain/message-kinds.js';
import { type MessageTemplate, renderEmail, type View } from '../../src/modules/notifications/templates/engine.js';
import { templates } from '../../src/modules/notifications/templates/templates.js';
import { type Locale, wordingOf } from '../../src/modules/notifications/templates/wording.js';
import { Browser, chromium, type Page } from '../support/browser.js';
import { pngOf } from '../support/images.js';

if (!chromium) process.stdout.write('Chromium is not installed: no mail was looked at in a browser.\n');

const phone = 360;

(chromium ? describe : describe.skip)('in a browser', () => {
  let sandbox: Sandbox;
  let browser: Browser;
  let narrow: Page;
  let wide: Page;

  beforeAll(async () => {
    sandbox = await startTestSandbox();
    browser = await Browser.open();
    [narrow, wide] = [await browser.page(phone), await browser.page(1_200)];
  }, 120_000);
  beforeEach(() => sandbox.reset());
  afterAll(async () => {
    await browser?.close();
    await sandbox?.close();
  });

  /** Puts it into the mailbox. @returns its id there */
  function deliver({ subject, html, text }: { subject: string; html: string; text: string }, picture?: Buffer): string {
    const parsed = { headers: [], headerLines: [], subject, html, text };
    const attachments = picture
      ? [
          {
            filename: 'logo.png',
            mimeType: 'image/png',
            disposition: 'inline' as const,
            contentId: 'logo.png',
            content: new Uint8Array(picture).buffer,
          },
        ]
      : [];
    return sandbox.mail.mailbox.deliver({ from: 'a@b.example', to: ['c@d.example'] }, { ...parsed, attachments }).id;
  }

  it.each(messageKindNames)('the e-mail %s fits a phone, and says what its text says', async (kind) => {
    const email = rendered(templates[kind], 'da');
    await narrow.open(`${sandbox.url}/mailbox/emails/${deliver(email)}/html`);
    expect(await narrow.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(phone);
    const shown = words(await narrow.evaluate<string>('document.body.innerText'));
    const said = words(email.text).filter((word) => !word.startsWith('https://'));
    expect(said.filter((word) => !shown.includes(word))).toEqual([]);
    const links = await narrow.evaluate<string[]>('[...document.links].map((link) => link.href)');
    expect(links.filter((link) => !link.startsWith('https://'))).toEqual([]);
    expect(narrow.complaints).toEqual([]);
  });

  it('a school’s logo is shown from within the mail', async () => {
    const logo = { src: 'cid:logo.png', width: 120, height: 40 };
    const email = renderEmail(templates.welcome, 'da', viewOf(templates.welcome, 'da'), logo);
    await narrow.open(`${sandbox.url}/mailbox/emails/${deliver(email, pngOf(120, 40))}/html`);
    expect(await narrow.evaluate<number>('document.images[0].naturalWidth')).toBe(120);
  });

  it('the mailbox lists what was sent, opens it beside the list, and finds it by a word', async () => {
    deliver(rendered(templates.lesson_booked, 'da'));
    await twilioClient(sandbox).messages.create({ to: '+4520123456', from: 'Nordhavn', body: 'Husk din <b>time</b>' });
    await wide.open(`${sandbox.url}/mailbox`);
    const titles = () =>
      wide.evaluate<string[]>('[...document.querySelectorAll(".messages .what")].map((one) => one.innerText)');
    expect(await titles()).toEqual(['Husk din <b>time</b>', expect.stringMatching(/^Booket: /)]);
    expect(await wide.evaluate<string>('document.querySelector("pre").innerText')).toBe('Husk din <b>time</b>');
    await wide.loading(() => wide.evaluate('document.querySelector(".messages a.email").click()'));
    expect(
      await wide.evaluate<number>('document.querySelector("iframe").getBoundingClientRect().height'),
    ).toBeGreaterThan(200);
    await wide.loading(() =>
      wide.evaluate(
        'document.querySelector("[type=search]").value = "husk"; document.querySelector("form button").click()',
      ),
    );
    expect(await titles()).toHaveLength(1);
    expect(wide.complaints).toEqual([]);
  });
});

function viewOf<Data extends object>(template: MessageTemplate<Data>, locale: Locale): View & Data {
  const sender = { name: 'Nordhavn Køreskole', email: 'post@nordhavn.example', phone: '+4533112233' };
  return { ...template.sample(wordingOf(locale, 'Europe/Copenhagen')), sender, reader: { name: 'Sofie Holm' } };
}

function rendered(template: MessageTemplate, locale: Locale) {
  return renderEmail(template, locale, viewOf(template, locale));
}

/** However a line breaks or begins; a label of the text has a colon. */
function words(text: string): string[] {
  return text
    .split(/\s+/)
    .map((word) => word.replace(/:$/, ''))
    .filter((word) => /\p{L}|\p{N}/u.test(word));
}
