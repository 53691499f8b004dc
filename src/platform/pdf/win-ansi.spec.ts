import { describe, expect, it } from '@jest/globals';
import { winAnsi } from './win-ansi.js';

describe('winAnsi', () => {
  it('keeps Danish and what the fonts have', () => {
    expect(winAnsi('Søren Ærø-Åkjær · 525,00 kr. – €')).toBe('Søren Ærø-Åkjær · 525,00 kr. – €');
    expect(winAnsi('A\u030a')).toBe('Å');
  });

  it('spells other letters as near as it can', () => {
    expect(winAnsi('Łukasz Şahin \u2212525,00\u202fkr.')).toBe('Lukasz Sahin -525,00 kr.');
    expect(winAnsi('Юлия')).toBe('????');
  });
});
