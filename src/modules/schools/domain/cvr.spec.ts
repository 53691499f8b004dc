import { describe, expect, it } from '@jest/globals';
import { checkCvr, isCvr } from './cvr.js';
import { InvalidCvr } from './school-problems.js';

describe('a CVR number', () => {
  it.each(['61126228', '47458714', '24256790', '22756214'])('is %s of a real company', (cvr) => {
    expect(isCvr(cvr)).toBe(true);
  });

  it.each(['61126229', '16216228', '6112622', '611262288', '01126228', '6112622a', '', ' 61126228'])(
    'is not %j',
    (cvr) => {
      expect(isCvr(cvr)).toBe(false);
    },
  );

  it('notices every single wrong digit', () => {
    const cvr = '61126228';
    for (let place = 0; place < 8; place++) {
      for (let digit = 0; digit < 10; digit++) {
        const changed = cvr.slice(0, place) + digit + cvr.slice(place + 1);
        expect(isCvr(changed)).toBe(changed === cvr);
      }
    }
  });

  it('is refused by name', () => {
    expect(() => checkCvr('12345678')).toThrow(InvalidCvr);
  });
});
