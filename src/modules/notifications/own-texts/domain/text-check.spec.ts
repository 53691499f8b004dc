import { describe, expect, it } from '@jest/globals';
import type { MessageTemplate } from '../../templates/engine.js';
import { templates } from '../../templates/templates.js';
import { locales } from '../../templates/wording.js';
import { ownTextKinds } from './own-text-kinds.js';
import { problemsOf } from './text-check.js';
import { partsOf, type TextParts } from './text-parts.js';
import { variablesOf } from './text-variables.js';

const standard = partsOf(templates.lesson_booked.da);
const wrong = (changes: Partial<TextParts>) =>
  problemsOf(templates.lesson_booked, 'da', { ...standard, ...changes }).map(
    ({ field, message }) => `${field} ${message.en}`,
  );

it.each(ownTextKinds.flatMap((kind) => locales.map((locale) => [kind, locale] as const)))(
  'the standard text of %s in %s may be saved as it is',
  (kind, locale) => {
    const template: MessageTemplate = templates[kind];
    expect(problemsOf(template, locale, partsOf(template[locale]))).toEqual([]);
  },
);

describe('a text of one’s own', () => {
  it('names what its messages have, and nothing else', () => {
    const names = variablesOf(templates.lesson_booked, 'da').map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['sender.name', 'reader.name', 'lesson.moment', 'lesson.teacher']));
    expect(names).not.toContain('lesson.previous');
    expect(variablesOf(templates.lesson_moved, 'en').map(({ name }) => name)).toContain('lesson.previous');
    expect(wrong({ subject: '{{ lesson.previous }} x' })).toEqual([
      expect.stringMatching(/^subject names \{\{ lesson\.previous \}\}, which .* it has lesson\.span, /),
    ]);
    expect(wrong({ paragraphs: ['Hej', '{% if lesson.colour %}rød{% endif %} bil'] })).toEqual([
      expect.stringMatching(/^paragraphs\.1 names \{\{ lesson\.colour \}\}/),
    ]);
    expect(wrong({ heading: 'Hej {{ lesson }}' })).toEqual([expect.stringMatching(/^heading names \{\{ lesson \}\}/)]);
  });

  it.each([
    '{{ reader.name',
    '{% for a in b %}x{% endfor %}',
    '{{ reader.name | raw }}',
    '{% include "x" %}',
    '{% if (1..9000000) contains 5 %}x{% endif %}',
    '{% if reader.name %}{% if (1..9000000) contains 5 %}x{% endif %}{% endif %}',
  ])('is refused where it cannot be read: %s', (source) => {
    expect(wrong({ subject: `Hej ${source}` })).toEqual([expect.stringMatching(/^subject cannot be read as a text: /)]);
  });

  it('says something even where its variables are empty', () => {
    expect(wrong({ subject: '{{ lesson.vehicle }}' })).toEqual([expect.stringMatching(/^subject must say something/)]);
  });

  it('turns nothing around', () => {
    expect(wrong({ heading: 'moc.live\u202e' })).toEqual([expect.stringMatching(/^heading must not hold marks/)]);
    expect(wrong({ heading: 'مرحبا 🚗' })).toEqual([]);
  });

  it('is no more than three text messages', () => {
    expect(wrong({ sms: 'x'.repeat(459) })).toEqual([]);
    expect(wrong({ sms: 'x'.repeat(460) })).toEqual([expect.stringMatching(/^sms would be sent as 4 text messages/)]);
    expect(wrong({ sms: '🚗'.repeat(120) })).toEqual([expect.stringMatching(/^sms would be sent as 4 text messages/)]);
  });

  it('keeps the link its reader needs', () => {
    const parts = partsOf(templates.time_offered.da);
    const [problem] = problemsOf(templates.time_offered, 'da', { ...parts, sms: 'Ledig tid!' });
    expect(problem).toMatchObject({ field: 'sms', message: { en: expect.stringContaining('{{ offer.link }}') } });
  });

  it('has a button and a text message where the kind has, and nowhere else', () => {
    expect(wrong({ sms: null })).toEqual(['sms is required for this kind of message']);
    expect(wrong({ actionLabel: 'Tryk' })).toEqual(['actionLabel must be null: this kind of message has none']);
  });
});
