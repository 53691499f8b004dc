import { describe, expect, it } from '@jest/globals';
import { newId } from '../../../../platform/values/id.js';
import { Lead, type LeadDetails } from './lead.js';
import { LeadClosed } from './lead-problems.js';

const now = new Date('2026-12-01T09:00:00Z');
const later = new Date('2026-12-02T09:00:00Z');
const clerk = newId();

const details: LeadDetails = {
  kind: 'enquiry',
  locationId: null,
  name: 'Freja Lund',
  email: 'freja@example.com',
  phone: '+4520123458',
  birthDate: null,
  licenceClass: 'B',
  message: 'Hvornår kan jeg begynde?',
  consent: { text: 'Skolen må kontakte mig.', givenAt: now },
};
const origin = { schoolId: newId(), source: 'findkoreskole', externalId: 'a-1', requestHash: 'x' } as const;
const received = () =>
  Lead.receive(origin, details, { now, escalateAt: later, forgetAt: new Date('2027-12-01T09:00:00Z') });

describe('a lead', () => {
  it('is new, and waits for somebody until its time', () => {
    const lead = received();
    expect(lead).toMatchObject({ state: 'new', revision: 1, consentedAt: now, isOpen: true });
    expect(lead.escalate(new Date(later.getTime() - 1))).toBe(false);
    expect([lead.escalate(later), lead.escalate(later)]).toEqual([true, false]);
    expect(lead).toMatchObject({ state: 'new', escalatedAt: later, escalateAt: null });
  });

  it('waits no more once somebody has touched it', () => {
    const lead = received();
    expect([lead.contact(clerk, now), lead.contact(clerk, later)]).toEqual([true, false]);
    expect(lead.escalate(later)).toBe(false);
    expect(lead).toMatchObject({ state: 'contacted', revision: 2, contactedAt: now, handledBy: clerk });
  });

  it('is closed once', () => {
    const [won, lost] = [received(), received()];
    won.convert(newId(), clerk, later);
    lost.reject('no_capacity', clerk, later);
    for (const lead of [won, lost]) {
      expect(() => lead.convert(newId(), clerk, later)).toThrow(LeadClosed);
      expect(() => lead.reject('spam', clerk, later)).toThrow(LeadClosed);
      expect(() => lead.contact(clerk, later)).toThrow(LeadClosed);
      expect(lead.escalate(later)).toBe(false);
    }
    expect([won.forgetAt, lost.forgetAt?.toISOString()]).toEqual([null, '2027-12-01T09:00:00.000Z']);
  });

  it('keeps nothing about a person when it is erased, and what is counted', () => {
    const [open, won] = [received(), received()];
    won.convert(newId(), clerk, later);
    for (const lead of [open, won]) {
      lead.erase('expired', later);
      const kept = JSON.stringify(lead);
      for (const word of ['Freja', 'freja@', '20123458', 'Hvornår']) expect(kept).not.toContain(word);
      expect(lead).toMatchObject({ erasedAt: later, forgetAt: null, source: 'findkoreskole', externalId: 'a-1' });
    }
    expect([open.state, open.rejectReason, won.state]).toEqual(['rejected', 'expired', 'converted']);
  });
});
