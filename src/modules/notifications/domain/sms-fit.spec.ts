import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { clip } from './clip.js';
import { clippedForSms, fitSms, mostSmsSegments } from './sms-fit.js';
import { smsSegments } from './sms-segments.js';

describe('clip', () => {
  it('cuts at a word, and never through a character', () => {
    expect(clip('kort', 10)).toBe('kort');
    expect(clip('Nordhavn Køreskole og Trafikskole', 25)).toBe('Nordhavn Køreskole og...');
    expect(clip('x'.repeat(50), 10)).toBe('xxxxxxx...');
    expect(clip('🚗'.repeat(10), 10)).toBe('🚗'.repeat(10));
    expect(clip('🚗'.repeat(11), 10)).toBe(`${'🚗'.repeat(7)}...`);
  });

  it('takes no time over a megabyte', () => {
    expect(clip('Ø'.repeat(1_000_000), 10)).toBe('ØØØØØØØ...');
  });
});

describe('fitSms', () => {
  it('leaves alone what fits', () => {
    expect(fitSms('x'.repeat(6 * 153))).toBe('x'.repeat(6 * 153));
  });

  it('cuts at a word, and keeps a link whole wherever it stands', () => {
    const link = 'https://app.example/offers/AbCdEfGhIjKlMnOpQrStUv';
    const fitted = fitSms(`Svar her: ${link} ${'nu og her '.repeat(200)} eller ${link}/2`);
    expect(fitted).toMatch(new RegExp(`^Svar her: ${link} nu og .*(nu|og|her)\\.\\.\\. ${link}/2$`));
    expect(smsSegments(fitted).segments).toBe(mostSmsSegments);
  });

  it('never needs more parts than it may, whatever is written', () => {
    const word = fc.oneof(fc.string({ unit: 'binary', maxLength: 90 }), fc.constantFrom('🚗'.repeat(40), 'æøå', '€€€'));
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), (words) => {
        expect(smsSegments(fitSms(words.join(' '))).segments).toBeLessThanOrEqual(mostSmsSegments);
      }),
    );
  });
});

it('leaves alone what the school has written as a message', () => {
  const view = { sender: { name: 'Nord' }, announcement: { sms: 'Vi holder lukket. '.repeat(20) } };
  expect(clippedForSms(view)).toEqual(view);
});

it('cuts the names in a text’s data, and no link', () => {
  const link = 'https://pay.example/1042';
  const view = { sender: { name: 'N'.repeat(1_000_000) }, lesson: { student: 'Eva '.repeat(1_000), link }, count: 2 };
  const { sender, lesson, count } = clippedForSms(view);
  expect([sender.name.length, lesson.student.length <= 100, lesson.link, count]).toEqual([40, true, link, 2]);
});
