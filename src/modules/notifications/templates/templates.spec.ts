import { describe, expect, it } from '@jest/globals';
import { messageKindNames, traitsOf, type MessageKind } from '../domain/message-kinds.js';
import { smsSegments } from '../domain/sms-segments.js';
import { Money } from '../../../platform/values/money.js';
import { renderEmail, renderSms, type MessageTemplate } from './engine.js';
import { templates } from './templates.js';
import { locales, Wording, type Locale } from './wording.js';

const start = new Date('2026-12-01T09:00:00Z');
const end = new Date('2026-12-01T09:45:00Z');

function view(locale: Locale, changes: { name?: string; fee?: string } = {}) {
  const words = new Wording(locale, 'Europe/Copenhagen');
  return {
    sender: {
      name: 'Nordhavn Køreskole',
      email: 'post@nordhavn.example',
      phone: '+4533112233',
      address: 'Havnegade 1, 2150 Nordhavn',
    },
    reader: { name: changes.name ?? 'Sofie Holm' },
    link: 'https://app.example/velkommen?a=1&token=abc',
    expires: words.span(start, end),
    lesson: {
      span: words.span(start, end),
      moment: words.moment(start),
      previous: words.moment(end),
      type: 'Køretime B',
      student: changes.name ?? 'Sofie Holm',
      teacher: 'Mette Krogh',
      vehicle: 'VW Golf, AB 12 345',
      fee: changes.fee ?? '',
      cancelReason: '',
    },
    exam: {
      name: locale === 'da' ? 'køreprøve B' : 'driving test B',
      span: words.span(start, end),
      moment: words.moment(start),
      previous: words.moment(end),
      place: 'Prøvestedet i Herlev',
      teacher: 'Mette Krogh',
      vehicle: 'VW Golf, AB 12 345',
      cancelBy: words.moment(start),
      cancelReason: '',
    },
    offer: {
      span: words.span(start, end),
      moment: words.moment(start),
      type: 'Køretime B',
      teacher: 'Mette Krogh',
      answerBy: words.moment(end),
      link: 'https://app.nordhavn-koreskole.example/offers/AbCdEfGhIjKlMnOpQrStUv',
    },
    day: {
      date: words.date('2026-12-01'),
      because: locale === 'da' ? 'på grund af vejret' : 'because of the weather',
      note: 'Isglatte veje',
      count: 2,
      lessons: `${words.moment(start)}, ${words.moment(end)}`,
      choices: [start, end, end].map((each) => words.moment(each)).join(', '),
      link: 'https://app.nordhavn-koreskole.example/offers/AbCdEfGhIjKlMnOpQrStUv',
    },
    lessons: {
      count: words.locale === 'da' ? '24 lektioner' : '24 lessons',
      first: words.moment(start),
      lines: `${words.span(start, end)} · Mette Krogh\n${words.span(end, end)} · ${changes.name ?? 'Sofie Holm'}`,
      fee: changes.fee ?? '',
      cancelReason: '',
    },
    course: {
      name: 'Teori B, aftenhold',
      topic: 'Færdselslære 1',
      span: words.span(start, end),
      moment: words.moment(start),
      previous: words.moment(end),
      teacher: 'Mette Krogh',
      room: 'Lokale 1',
      price: words.amount(Money.of(250_000)),
      offeredUntil: words.moment(end),
      cancelReason: '',
    },
    invoice: {
      number: '1042',
      gross: words.amount(Money.of(65_000)),
      vat: words.amount(Money.of(13_000)),
      issuedOn: words.date('2026-12-01'),
      dueOn: words.date('2026-12-15'),
      payLink: 'https://pay.example/1042',
    },
    reminder: { outstanding: words.amount(Money.of(65_000)), fee: words.amount(Money.of(10_000)) },
    subscription: {
      plan: 'Standard',
      seats: '4',
      price: words.amount(Money.of(99_600)),
      trialEnds: words.day(start),
      restrictedFrom: words.day(start),
      readOnlyFrom: words.day(end),
      payLink: 'https://invoice.stripe.example/i/1',
    },
    payment: { amount: words.amount(Money.of(65_000)), on: words.date('2026-12-02') },
  };
}

const all: Record<MessageKind, MessageTemplate> = templates;
const sendable = messageKindNames.flatMap((kind) => locales.map((locale) => [kind, locale] as const));
const hasSms = (kind: MessageKind) => traitsOf(kind).channels.includes('sms');

describe.each(sendable)('%s in %s', (kind, locale) => {
  it('fills every placeholder in HTML, text and subject', () => {
    const email = renderEmail(all[kind], locale, view(locale, { fee: '200 kr.' }));
    for (const part of [email.subject, email.html, email.text]) expect(part).not.toMatch(/undefined|\{[{%]|\[object/);
    expect(email.text).toContain('Nordhavn Køreskole');
    expect(email.html).toContain('Nordhavn Køreskole');
    expect(email.text).not.toMatch(/<\w|&amp;/);
  });

  if (hasSms(kind)) {
    it('fits two SMS parts of the cheap alphabet and names the school', () => {
      const sms = renderSms(all[kind], locale, view(locale, { fee: '200,00 kr.' }));
      expect(sms).toMatch(/^Nordhavn Køreskole: /);
      expect(smsSegments(sms)).toMatchObject({ encoding: 'gsm-7' });
      expect(smsSegments(sms).segments).toBeLessThanOrEqual(2);
    });
  } else {
    it('has no SMS', () => {
      expect(() => renderSms(all[kind], locale, view(locale))).toThrow();
    });
  }
});

describe('what stands in a message', () => {
  it('shows times in the zone of the school, in the language of the reader', () => {
    expect(renderSms(templates.lesson_booked, 'da', view('da'))).toBe(
      'Nordhavn Køreskole: Din tid tirs. 1. dec. kl. 10.00 hos Mette Krogh er booket.',
    );
    expect(renderSms(templates.lesson_booked, 'en', view('en'))).toBe(
      'Nordhavn Køreskole: Your lesson Tue 1 Dec 10:00 with Mette Krogh is booked.',
    );
  });

  it('mentions a fee only when there is one', () => {
    expect(renderEmail(templates.lesson_cancelled, 'da', view('da')).text).not.toMatch(/[Gg]ebyr/);
    expect(renderEmail(templates.lesson_cancelled, 'da', view('da', { fee: '200,00 kr.' })).text).toContain(
      'Gebyr: 200,00 kr.',
    );
  });

  it('escapes names in HTML and leaves them alone in text', () => {
    const hostile = '<script>alert(1)</script> & {{ link }}';
    const email = renderEmail(templates.teacher_lesson_booked, 'da', view('da', { name: hostile }));
    expect(email.html).not.toContain('<script>');
    expect(email.html).toContain('&lt;script&gt;');
    expect(email.text).toContain(hostile);
  });

  it('keeps a subject and an SMS on one line, whatever a name holds', () => {
    const broken = 'Eve\r\nBcc: everybody@example.dk\u2028x';
    expect(renderEmail(templates.teacher_lesson_booked, 'da', view('da', { name: broken })).subject).not.toMatch(
      /[\r\n\u2028]/,
    );
    expect(renderSms(templates.teacher_lesson_booked, 'da', view('da', { name: broken }))).not.toMatch(/[\r\n\u2028]/);
  });

  it('lists several lessons, each on its own line', () => {
    const email = renderEmail(templates.lessons_booked, 'da', view('da', { name: '<b>Eva</b>' }));
    expect(email.text).toMatch(/^- tirsdag .* · Mette Krogh\n- tirsdag .* · <b>Eva<\/b>$/m);
    expect(email.html).toMatch(
      /<li dir="auto">tirsdag .* · Mette Krogh<\/li>\n<li dir="auto">tirsdag .* · &lt;b&gt;Eva&lt;\/b&gt;<\/li>/,
    );
    expect(renderEmail(templates.lesson_booked, 'da', view('da')).html).not.toContain('<ul');
  });

  it('leaves out the button without a link', () => {
    const unpayable = view('da');
    const { html } = renderEmail(templates.invoice_issued, 'da', {
      ...unpayable,
      invoice: { ...unpayable.invoice, payLink: '' },
    });
    expect(html).not.toContain('Betal nu');
    expect(renderEmail(templates.invoice_issued, 'da', view('da')).html).toContain('href="https://pay.example/1042"');
  });
});
