import { describe, expect, it } from '@jest/globals';
import { needsFallback, type Judged } from './fallback.js';
import type { MessageState } from './message.js';
import type { Id } from '../../../platform/values/id.js';

const now = new Date('2027-03-01T11:00:00Z');
const inHours = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
const mail = (changes: Partial<Judged> = {}): Judged => ({
  kind: 'lesson_cancelled',
  channel: 'email',
  state: 'bounced',
  happensAt: inHours(3),
  ...changes,
});
const text = (changes: Partial<Judged> = {}): Judged => mail({ channel: 'sms', ...changes });
const switchedOff = text({ state: 'dropped', droppedFor: 'switched_off' });

describe('a fallback', () => {
  it.each(['rejected', 'failed', 'bounced'] as const)('follows what was %s', (state) => {
    expect(needsFallback(mail({ state }), switchedOff, now)).toBe(true);
    expect(needsFallback(mail({ state }), null, now)).toBe(true);
  });

  it('follows what was dropped for want of a way, and not for a choice or for what is not true any more', () => {
    expect(needsFallback(mail({ state: 'dropped', droppedFor: 'no_way' }), switchedOff, now)).toBe(true);
    expect(needsFallback(mail({ state: 'dropped', droppedFor: 'switched_off' }), switchedOff, now)).toBe(false);
    expect(needsFallback(mail({ state: 'dropped', droppedFor: null }), switchedOff, now)).toBe(false);
  });

  it.each(['queued', 'sending', 'sent', 'delivered', 'complained'] as const)('does not follow what is %s', (state) => {
    expect(needsFallback(mail({ state }), switchedOff, now)).toBe(false);
  });

  it('is needless where the other channel reaches him or was tried', () => {
    const states: MessageState[] = [
      'queued',
      'sending',
      'sent',
      'delivered',
      'bounced',
      'complained',
      'rejected',
      'failed',
    ];
    for (const state of states) expect(needsFallback(mail(), text({ state }), now)).toBe(false);
    for (const droppedFor of ['no_way', null] as const)
      expect(needsFallback(mail(), text({ state: 'dropped', droppedFor }), now)).toBe(false);
  });

  it('is for what is urgent and has not begun, of kinds that go both ways', () => {
    expect(needsFallback(mail({ happensAt: inHours(24) }), null, now)).toBe(false);
    expect(needsFallback(mail({ happensAt: now }), null, now)).toBe(false);
    expect(needsFallback(mail({ happensAt: null }), null, now)).toBe(false);
    expect(needsFallback(mail({ kind: 'lesson_booked' }), null, now)).toBe(false);
    expect(needsFallback(mail({ kind: 'password_reset' }), null, now)).toBe(false);
    expect(needsFallback(mail({ kind: 'time_offered', happensAt: inHours(100) }), null, now)).toBe(true);
  });

  it('is never one of a fallback, nor of what was sent once more by hand', () => {
    const id = '0197b0c4-0000-7000-8000-000000000001' as Id;
    expect(needsFallback(mail({ fallbackOf: id }), null, now)).toBe(false);
    expect(needsFallback(mail({ retryOf: id }), null, now)).toBe(false);
  });
});
