import { describe, expect, it } from '@jest/globals';
import { checkContent, filled, textFor, valuesFor } from './announcement-content.js';

const saying = (text: string) => ({ subject: 'Nyt', text, sms: null });
const email = (words: string) => ({ channels: ['email'] as const, da: saying(words), en: null });

describe('the texts of an announcement', () => {
  it('name what is known of a reader, and nothing else', () => {
    expect(() => checkContent(email('Hej {{ first_name }} og {{name}} fra {{ school_name }}'))).not.toThrow();
    for (const wrong of ['{{ password }}', '{{ name | upcase }}', '{% if x %}', '{{name', '{{ __proto__ }}'])
      expect(() => checkContent(email(`Hej ${wrong}`))).toThrow(
        expect.objectContaining({
          code: 'announcement.placeholder_unknown',
          fields: [expect.objectContaining({ field: 'da.text' })],
        }),
      );
  });

  it('are there for each channel, in one language at least', () => {
    const fieldOf = (content: Parameters<typeof checkContent>[0]) => {
      try {
        return checkContent(content);
      } catch (error) {
        return (error as { fields: { field: string }[] }).fields[0]!.field;
      }
    };
    expect(fieldOf({ channels: ['email'], da: null, en: null })).toBe('da');
    expect(fieldOf({ channels: ['email', 'sms'], da: saying('Hej'), en: null })).toBe('da.sms');
    expect(fieldOf({ channels: ['email'], da: null, en: { subject: null, text: 'Hi', sms: null } })).toBe('en.subject');
    expect(fieldOf({ channels: ['sms'], da: null, en: { subject: null, text: null, sms: 'Hi' } })).toBeUndefined();
  });

  it('reach a reader of the other language too', () => {
    const content = email('Hej');
    expect(textFor(content, 'en')).toBe(content.da);
  });

  it('take a name as it is, whatever stands in it', () => {
    expect(filled('Hej {{first_name}}, {{ name }}', valuesFor('{{name}} <b>$& Lund', 'X'))).toBe(
      'Hej {{name}}, {{name}} <b>$& Lund',
    );
  });
});
