import { describe, expect, it } from '@jest/globals';
import { normalisePlate } from './plate.js';
import { InvalidPlate } from './school-problems.js';

describe('a number plate', () => {
  it.each([
    ['AB 12 345', 'AB12345'],
    ['ab12345', 'AB12345'],
    ['XY-1234', 'XY1234'],
    ['Kørelys', 'KØRELYS'],
    ['lær dig', 'LÆRDIG'],
  ])('%s is kept as %s', (given, kept) => {
    expect(normalisePlate(given)).toBe(kept);
  });

  it.each(['A', '', 'AB123456', 'AB_1234', 'ÄB12345', 'ABCDEFGH'])('%j is none', (given) => {
    expect(() => normalisePlate(given)).toThrow(InvalidPlate);
  });
});
