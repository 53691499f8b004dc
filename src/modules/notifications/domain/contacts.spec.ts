import { describe, expect, it } from '@jest/globals';
import { sameAddress, withoutContacts } from './contacts.js';

describe('a provider’s words', () => {
  it.each([
    ['550 5.1.1 <soeren@example.dk>: Recipient rejected', '550 5.1.1 <…>: Recipient rejected'],
    ['no such mailbox (soeren.aeroe@example.dk)', 'no such mailbox (…)'],
    ['Invalid number: +4520123456', 'Invalid number: …'],
    ['error 30003', 'error 30003'],
  ])('%j are shown as %j', (said, shown) => expect(withoutContacts(said)).toBe(shown));
});

describe('an address', () => {
  it('is the same however it is written', () => {
    expect(sameAddress('email', ' Soeren@Example.DK')).toBe('soeren@example.dk');
    expect(sameAddress('email', 'kontor@Kørekort.dk')).toBe('kontor@xn--krekort-q1a.dk');
    expect(sameAddress('email', 'Jørgen@example.dk')).toBe('j%C3%B8rgen@example.dk');
    expect(sameAddress('sms', '4520123456')).toBe(sameAddress('sms', '+45 20 12 34 56'));
  });
});
