import { describe, expect, it } from '@jest/globals';
import { messageKindNames, traitsOf, type MessageKind } from '../domain/message-kinds.js';
import { mostSmsSegments } from '../domain/sms-fit.js';
import { smsSegments } from '../domain/sms-segments.js';
import { renderEmail, renderSms, type MessageTemplate, type View } from './engine.js';
import { templates } from './templates.js';
import { locales, Wording, type Locale } from './wording.js';

/** What a kind's texts are filled with here, with another name wherever its reader, a student or a teacher is named. */
function view<Data extends object>(template: MessageTemplate<Data>, locale: Locale, name?: string): View & Data {
  const data = template.sample(new Wording(locale, 'Europe/Copenhagen'));
  return {
    ...data,
    ...('lesson' in data &&
      name !== undefined && { lesson: { ...(data.lesson as object), student: name, teacher: name } }),
    sender: {
      name: 'Nordhavn Køreskole',
      email: 'post@nordhavn.example',
      phone: '+4533112233',
      address: 'Havnegade 1, 2150 Nordhavn',
    },
    reader: { name: name ?? 'Sofie Holm' },
  };
}

/** The same data with every text replaced, but for links. */
function everywhere(value: unknown, text: string): unknown {
  if (typeof value === 'string') return value.startsWith('https://') ? value : text;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, everywhere(each, text)]));
}

const odd: [what: string, text: string][] = [
  ['a megabyte', 'Ø'.repeat(1_000_000)],
  ['a megabyte of words', 'Eva '.repeat(250_000)],
  ['a megabyte of emoji', '🚗'.repeat(250_000)],
  ['right-to-left', 'نور شعبان'],
  ['emoji', 'Ida 🚗👩‍🏫'],
  ['turned around', '\u202emoc.evil\u202c \u2067x\u2069'],
  ['half a character', 'Bo \ud83d'],
  ['a text', '{{ reader.name }}{% if a %}<script>alert(1)</script>'],
];

const all: Record<MessageKind, MessageTemplate> = templates;
const sendable = messageKindNames.flatMap((kind) => locales.map((locale) => [kind, locale] as const));
const hasSms = (kind: MessageKind) => traitsOf(kind).channels.includes('sms');

describe.each(sendable)('%s in %s', (kind, locale) => {
  it('fills every placeholder in HTML, text and subject', () => {
    const email = renderEmail(all[kind], locale, view(all[kind], locale));
    for (const part of [email.subject, email.html, email.text]) expect(part).not.toMatch(/undefined|\{[{%]|\[object/);
    expect(email.text).toContain('Nordhavn Køreskole');
    expect(email.html).toContain('Nordhavn Køreskole');
    expect(email.text).not.toMatch(/<\w|&amp;/);
  });

  it.each(odd)('stands names that are %s', (_what, text) => {
    const hostile = everywhere(view(all[kind], locale), text) as View;
    const email = renderEmail(all[kind], locale, hostile);
    expect(email.html.length).toBeLessThan(150_000);
    for (const part of [email.subject, email.html, email.text]) {
      expect(part).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
      expect(part.isWellFormed()).toBe(true);
    }
    expect(email.html).not.toContain('<script>');
    expect(email.subject).not.toMatch(/\p{Cc}/u);
    if (!hasSms(kind)) return;
    const sms = renderSms(all[kind], locale, hostile);
    expect(smsSegments(sms).segments).toBeLessThanOrEqual(mostSmsSegments);
    expect(sms).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    for (const link of renderSms(all[kind], locale, view(all[kind], locale)).match(/https:\S+/g) ?? [])
      expect(sms.split(' ')).toContain(link);
  });

  if (hasSms(kind)) {
    it('fits two SMS parts of the cheap alphabet and names the school', () => {
      const sms = renderSms(all[kind], locale, view(all[kind], locale));
      expect(sms).toMatch(/^Nordhavn Køreskole: /);
      expect(smsSegments(sms)).toMatchObject({ encoding: 'gsm-7' });
      expect(smsSegments(sms).segments).toBeLessThanOrEqual(2);
    });
  } else {
    it('has no SMS', () => {
      expect(() => renderSms(all[kind], locale, view(all[kind], locale))).toThrow();
    });
  }
});

describe('what stands in a message', () => {
  it('shows times in the zone of the school, in the language of the reader', () => {
    expect(renderSms(templates.lesson_booked, 'da', view(templates.lesson_booked, 'da'))).toBe(
      'Nordhavn Køreskole: Din tid tirs. 1. dec. kl. 10.00 hos Mette Krogh er booket.',
    );
    expect(renderSms(templates.lesson_booked, 'en', view(templates.lesson_booked, 'en'))).toBe(
      'Nordhavn Køreskole: Your lesson Tue 1 Dec 10:00 with Mette Krogh is booked.',
    );
  });

  it('mentions a fee only when there is one', () => {
    const full = view(templates.lesson_cancelled, 'da');
    expect(renderEmail(templates.lesson_cancelled, 'da', full).text).toContain('Gebyr: 200,00 kr.');
    const free = { ...full, lesson: { ...full.lesson, fee: '' } };
    expect(renderEmail(templates.lesson_cancelled, 'da', free).text).not.toMatch(/[Gg]ebyr/);
  });

  it('escapes names in HTML and leaves them alone in text', () => {
    const hostile = '<script>alert(1)</script> & {{ link }}';
    const email = renderEmail(
      templates.teacher_lesson_booked,
      'da',
      view(templates.teacher_lesson_booked, 'da', hostile),
    );
    expect(email.html).not.toContain('<script>');
    expect(email.html).toContain('&lt;script&gt;');
    expect(email.text).toContain(hostile);
  });

  it('keeps a subject and an SMS on one line, whatever a name holds', () => {
    const broken = 'Eve\r\nBcc: everybody@example.dk\u2028x';
    expect(
      renderEmail(templates.teacher_lesson_booked, 'da', view(templates.teacher_lesson_booked, 'da', broken)).subject,
    ).not.toMatch(/[\r\n\u2028]/);
    expect(
      renderSms(templates.teacher_lesson_booked, 'da', view(templates.teacher_lesson_booked, 'da', broken)),
    ).not.toMatch(/[\r\n\u2028]/);
  });

  it('lists several lessons, each on its own line', () => {
    const two = view(templates.lessons_booked, 'da');
    const lines = two.lessons.lines.replace('Sofie Holm', '<b>Eva</b>');
    const email = renderEmail(templates.lessons_booked, 'da', { ...two, lessons: { ...two.lessons, lines } });
    expect(email.text).toMatch(/^- tirsdag .* · Mette Krogh\n- tirsdag .* · <b>Eva<\/b>$/m);
    expect(email.html).toMatch(
      /<li dir="auto">tirsdag .* · Mette Krogh<\/li>\n<li dir="auto">tirsdag .* · &lt;b&gt;Eva&lt;\/b&gt;<\/li>/,
    );
    expect(renderEmail(templates.lesson_booked, 'da', view(templates.lesson_booked, 'da')).html).not.toContain('<ul');
  });

  it('leaves out the button without a link', () => {
    const unpayable = view(templates.invoice_issued, 'da');
    const { html } = renderEmail(templates.invoice_issued, 'da', {
      ...unpayable,
      invoice: { ...unpayable.invoice, payLink: '' },
    });
    expect(html).not.toContain('Betal nu');
    expect(renderEmail(templates.invoice_issued, 'da', view(templates.invoice_issued, 'da')).html).toContain(
      'href="https://pay.example/1042"',
    );
  });
});
