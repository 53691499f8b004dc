import { describe, expect, it } from '@jest/globals';
import { plainForSms, smsSegments } from './sms-segments.js';

describe('smsSegments', () => {
  it.each([
    ['an empty text', '', 'gsm-7', 0, 1],
    ['Danish letters', 'Kørelærer Åse på Ærø', 'gsm-7', 20, 1],
    ['exactly one part', 'a'.repeat(160), 'gsm-7', 160, 1],
    ['one more', 'a'.repeat(161), 'gsm-7', 161, 2],
    ['two full parts', 'a'.repeat(306), 'gsm-7', 306, 2],
    ['one more than two', 'a'.repeat(307), 'gsm-7', 307, 3],
    ['an extended character', '€'.repeat(80), 'gsm-7', 160, 1],
    ['one letter outside the alphabet', 'á', 'ucs-2', 1, 1],
    ['an emoji, two units', '🚗'.repeat(35), 'ucs-2', 70, 1],
    ['more emoji', '🚗'.repeat(36), 'ucs-2', 72, 2],
    ['right-to-left text', 'שלום', 'ucs-2', 4, 1],
  ])('counts %s', (_what, text, encoding, units, segments) => {
    expect(smsSegments(text)).toEqual({ encoding, units, segments });
  });

  it('does not cut an escaped character in two', () => {
    // 152 letters leave one septet in the first part: the euro sign moves to the second.
    const text = `${'a'.repeat(152)}€${'b'.repeat(152)}`;
    expect(smsSegments(text)).toEqual({ encoding: 'gsm-7', units: 306, segments: 3 });
  });
});

describe('plainForSms', () => {
  it('straightens typography so that the text stays cheap', () => {
    expect(plainForSms('“I morgen” – kl. 10…')).toBe('"I morgen" - kl. 10...');
  });

  it('leaves a text alone that needs the wide alphabet anyway', () => {
    expect(plainForSms('🚗 – 10:00')).toBe('🚗 – 10:00');
  });
});
